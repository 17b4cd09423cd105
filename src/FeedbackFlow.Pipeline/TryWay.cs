using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Sends a person one trial letter by one way, now, and says what came of it. It is kept nowhere and tried once: whoever asked for it looks at the answer.</summary>
public sealed class TryWay(ILetterWriter writer, ILetterChannel channel, SiteAddresses addresses, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Delivery> RunAsync(Business business, Person person, Way way, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = NewId.At<LetterId>(now);
        var letter = await writer.WriteAsync(new TrialDraft(id, business, new(person.Name, person.Email, person.Language), now, way.Kind, addresses.BoardFrom(id)));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await channel.SendAsync(letter, EarlierAttempts.None with { Way = way }, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(DeliveryKind.TryAgain, "No answer in time.") { Because = WayFailure.NoAnswer };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // As the sender does: what a channel throws may hold an address.
            return new(DeliveryKind.TryAgain, failure.GetType().Name) { Because = WayFailure.Down };
        }
    }
}
