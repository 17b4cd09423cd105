using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Pipeline;

/// <summary>Which feedback a letter answers.</summary>
internal static class CauseOf
{
    /// <summary>The newest words, for those who work there.</summary>
    public static Task<ReadFeedback> NewestAsync(ILookups lookups, string business, CallBackTask task, CancellationToken ct) =>
        FeedbackAsync(lookups, business, task.Feedbacks[^1], ct);

    /// <summary>The feedback that gave the address: somebody else's words are not for it, even when the phone is the same.</summary>
    public static async Task<ReadFeedback> AddressAsync(ILookups lookups, string business, CallBackTask task, CancellationToken ct)
    {
        foreach (var id in task.Feedbacks.Reverse())
            if (await FeedbackAsync(lookups, business, id, ct) is { Feedback.Contact.Email: not null } said) return said;
        return await NewestAsync(lookups, business, task, ct);
    }

    private static async Task<ReadFeedback> FeedbackAsync(ILookups lookups, string business, Intake.FeedbackId id, CancellationToken ct) =>
        await lookups.FeedbackAsync(business, id, ct) ?? throw new StoreUnavailableException("The feedback of a task could not be read.");
}
