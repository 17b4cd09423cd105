using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Stories;

/// <summary>A site of its own for each story, and a process on it.</summary>
public abstract class Story : IAsyncLifetime
{
    private protected Site Site { get; private set; } = null!;

    private protected World World { get; private set; } = null!;

    private protected Mail Mail => Site.Mail;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static string Slug => Shop.Slug;

    private protected virtual Business Business => Shop.Make();

    /// <summary>What it is told on: a file, where a subclass knows nothing else.</summary>
    private protected virtual Task<IGround> GroundAsync() => Task.FromResult<IGround>(new SqliteGround());

    public async ValueTask InitializeAsync()
    {
        Site = await Site.OpenAsync(Business, await GroundAsync());
        World = Site.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An angry customer's task, with its letters sent.</summary>
    private protected async Task<CallBackTask> OpenedAsync(string text = Say.Complaint, int customer = 1)
    {
        var accepted = await World.SayAsync(Say.Angry(customer, text));
        return await World.TaskAsync(accepted.Answer!.Task!.Value);
    }

    /// <summary>The wall clock of the shop.</summary>
    protected static string Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(2)).ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
