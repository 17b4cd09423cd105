using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Actions;

/// <summary>How a promise stands at a moment: pending, overdue, kept, late, broken; or the same of a target that nobody was told.</summary>
public static class PromiseWords
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    public static string Say(Words words, Promise promise, string zone, DateTimeOffset now)
    {
        var times = words.Times(zone, now);
        var seen = promise.AfterTime(now);
        var what = promise.WasTold ? "promise" : "target";
        return seen.State switch
        {
            PromiseState.Pending when seen.IsOverdue(now) => words.Say($"{what}.overdue", ("by", times.By(promise.By)), ("since", times.Since(promise.By))),
            PromiseState.Pending => words.Say($"{what}.pending", ("by", times.By(promise.By))),
            PromiseState.Kept => words.Say($"{what}.kept", ("by", times.By(promise.By))),
            PromiseState.Late => words.Say($"{what}.late", ("by", times.By(promise.By))),
            PromiseState.Broken => words.Say($"{what}.broken", ("by", times.By(promise.By))),
        };
    }

    /// <summary>Class of the style sheet: late, warn or none.</summary>
    public static string? Tone(Promise promise, DateTimeOffset now) => promise.AfterTime(now).State switch
    {
        PromiseState.Pending when now > promise.By => "late",
        PromiseState.Pending when promise.By - now < Soon => "warn",
        PromiseState.Late => "warn",
        PromiseState.Broken => "late",
        PromiseState.Pending or PromiseState.Kept => null,
    };
}
