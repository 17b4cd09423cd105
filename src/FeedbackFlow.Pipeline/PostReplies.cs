using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <summary>The channel of public replies, with the access that the source has at that moment. Everything else goes on to the channel behind it.</summary>
public sealed class PostReplies(ILetterChannel others, IReviewReplies replies, ILookups lookups) : ILetterChannel
{
    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => SendAsync(letter, EarlierAttempts.None, ct);

    public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
    {
        if (letter.Kind != LetterKind.Reply) return await others.SendAsync(letter, earlier, ct);
        return (await lookups.BusinessAsync(letter.Business, ct))?.Value.FindSource(letter.To.Name) is { } source
            ? await replies.ReplyAsync(source, letter.To.Address, letter.Text, ct)
            : new(DeliveryKind.Refused, "The source was removed.");
    }
}
