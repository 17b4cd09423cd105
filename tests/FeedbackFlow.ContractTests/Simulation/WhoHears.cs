using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using static FeedbackFlow.ContractTests.Simulation.BrokenInvariantException;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>Who is told of a task when people are quiet: what may wait waits for its reader, and what must not is told to somebody who can be disturbed, or to the business owner.</summary>
internal static class WhoHears
{
    /// <param name="written">As it was stored first.</param>
    /// <param name="task">With its next step.</param>
    /// <param name="others">What else was stored in the same step.</param>
    public static void Look(Letter written, CallBackTask task, Business place, IEnumerable<Letter> others)
    {
        if (written.IsDrill || written.Kind is not (LetterKind.Alert or LetterKind.Wish or LetterKind.Reminder or LetterKind.Escalation)) return;
        if (place.Find(written.To.Address) is not { } reader || Reader.MustWait(reader, place.Zone, written.WrittenAt) is not { } end) return;
        if (end > written.MayWaitUntil || written.MayWaitUntil is null) TheOwnerIsWoken(written, reader, place);
        else if (written.Kind != LetterKind.Escalation) Unless(written.Step != LadderStep.Late && end <= task.Ladder.NextAt, $"A letter ({written.Kind}) waits until {end:O}, and the next step comes at {task.Ladder.NextAt:O}.");
        else Unless(others.Any(other => other.Kind is LetterKind.Escalation or LetterKind.Summary && IsFree(other)), "An escalation waits for the end of quiet hours, and nobody hears of it now.");

        bool IsFree(Letter other) => place.Find(other.To.Address) is { } person && (Reader.MustWait(person, place.Zone, other.WrittenAt) is null || other.MayWaitUntil is null);
    }

    private static void TheOwnerIsWoken(Letter written, Person reader, Business place)
    {
        var awake = place.People.Where(person => place.IsOnDuty(person, written.WrittenAt) || person.Role == PersonRole.Owner)
            .Where(person => Reader.MustWait(person, place.Zone, written.WrittenAt) is null).Select(person => person.Name).ToList();
        Unless(awake.Count == 0, $"A letter ({written.Kind}) wakes {reader.Name}, and {string.Join(", ", awake)} might have been told.");
        Unless(reader.Role == PersonRole.Owner, $"Everybody is quiet, and a letter ({written.Kind}) wakes {reader.Name} and not the owner.");
    }
}
