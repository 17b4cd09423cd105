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
        if (seen.IsDisputed) return words.Say($"{what}.disputed", ("by", times.Due(promise.From, promise.By)));
        return seen.State switch
        {
            PromiseState.Pending when seen.IsOverdue(now) => words.Say($"{what}.overdue", ("by", times.Due(promise.From, promise.By)), ("since", times.Since(promise.By))),
            PromiseState.Pending => words.Say($"{what}.pending", ("by", times.Due(promise.From, promise.By))),
            PromiseState.Kept => words.Say($"{what}.kept", ("by", times.Due(promise.From, promise.By))),
            PromiseState.Late => words.Say($"{what}.late", ("by", times.Due(promise.From, promise.By))),
            PromiseState.Broken => words.Say($"{what}.broken", ("by", times.Due(promise.From, promise.By))),
            PromiseState.Released => words.Say($"{what}.released", ("by", times.Due(promise.From, promise.By))),
        };
    }

    /// <summary>Class of the style sheet: late, warn or none.</summary>
    public static string? Tone(Promise promise, DateTimeOffset now) => promise.IsDisputed ? "late" : promise.AfterTime(now).State switch
    {
        PromiseState.Pending when now > promise.By => "late",
        PromiseState.Pending when promise.By - now < Soon => "warn",
        PromiseState.Late => "warn",
        PromiseState.Broken => "late",
        PromiseState.Pending or PromiseState.Kept or PromiseState.Released => null,
    };
}
