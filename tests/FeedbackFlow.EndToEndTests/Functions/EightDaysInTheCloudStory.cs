using System.Net.Http.Headers;
using FeedbackFlow.Adapters.Storage;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.App.Cli.Demo;
using FeedbackFlow.ContractTests.Engines.AzureStorage;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace FeedbackFlow.Tests.Functions;

/// <summary>
/// The whole story under the Functions host: every request comes through a function's route, every nudge out of the account's queue by the trigger, every row lies in its table.
/// </summary>
public class EightDaysInTheCloudStory(Azurite azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Eight_days_end_with_a_promise_that_was_kept(string language)
    {
        var words = FeedbackFlow.App.Words.For(language);
        var people = new StoryPeople(words);
        var calendar = StoryCalendar.After(TestApp.Sunday, people.Business(TestApp.Sunday).Hours());
        await using var app = await HostedApp.StartAsync(azurite, DriveQueue, calendar.At(1, 8, 0), people.Business);
        using var http = new HttpClient(new ByTheHost(app)) { BaseAddress = new($"https://{FunctionsHost.PublicHost}") };
        using var told = new StringWriter();
        var mail = new StoryMail(app.Get<ILists>(), app.Get<ILookups>(), app.Get<SiteAddresses>(), app.Clock);
        var story = new EightDays(words, calendar, people, new StoryTeller(words, "Asia/Jerusalem", app.Clock, told), new(http), mail, app.Clock, ct => TriggerAsync(app, ct), app.Get<ILookups>());

        await story.TellAsync(Ct);

        Assert.Equal(7, app.Mail.Arrived.Count);
        Assert.Equal(0, await app.Get<NudgeQueue>().CountSetAsideAsync(Ct));
        var closed = await app.Get<ILists>().ClosedTasksAsync("demo", 10, null, Ct);
        Assert.Contains(closed.Items, task => task.Promise.State == PromiseState.Kept);
        Assert.Empty((await app.Get<ILists>().OpenTasksAsync("demo", 10, null, Ct)).Items);
    }

    /// <summary>What the host does with the queue: takes, posts, deletes what succeeded.</summary>
    private static async Task TriggerAsync(HostedApp app, CancellationToken ct)
    {
        var queue = app.Get<IQueueEngine>();
        while (await queue.ReceiveAsync(NudgeQueue.Name, 8, NudgeQueue.HideFor, ct) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                Assert.True(await FunctionsHost.SucceededAsync(await app.Host.QueueAsync("nudge", message.Body, message.DequeueCount)));
                Assert.True(await queue.DeleteAsync(NudgeQueue.Name, message, ct));
            }
        }
    }

    private static void DriveQueue(IServiceCollection services)
    {
        var real = services.Single(service => service.ServiceType == typeof(IQueueEngine)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IQueueEngine>(provider => new DrivenQueue((IQueueEngine)real(provider), provider.GetRequiredService<TimeProvider>())));
    }

    /// <summary>The world's way in. The story's key is good on a developer's machine only; here it gets one that was made.</summary>
    private sealed class ByTheHost(HostedApp app) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Where(header => header.Key != "Authorization").Select(header => (header.Key, string.Join(", ", header.Value))).ToList();
            if (request.Headers.Authorization is not null) headers.Add(("Authorization", new AuthenticationHeaderValue("Bearer", app.Key).ToString()));
            var answer = await app.Host.OutsideAsync(request.Method, request.RequestUri!.PathAndQuery, request.Content, [.. headers]);
            return answer ?? throw new InvalidOperationException($"No function takes {request.RequestUri.AbsolutePath}.");
        }
    }
}
