using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What a person does with a task. <paramref name="By"/> is the person's name, for the timeline.</summary>
public abstract record Act(string By);

/// <summary>"I have it": the person becomes its owner, repeated alerts stop, the deadline stays.</summary>
public sealed record Claim(PersonId Person, string By) : Act(By);

/// <summary>Called, nobody answered: an attempt is recorded and the next call has a time of its own. The last attempt closes the task as not reached.</summary>
public sealed record NoAnswer(string By) : Act(By);

/// <summary>Closing needs an outcome and a reason. Saved and lost were spoken with; not-reached was tried; the others keep no promise.</summary>
public sealed record Close(Outcome Outcome, string Reason, string? Gesture, string By) : Act(By);

public sealed record HandOver(PersonId To, string By) : Act(By);

/// <summary>Within 24 hours after closing, with a reason.</summary>
public sealed record Reopen(string Reason, string By) : Act(By);

/// <summary>The rota or somebody's absence changed: the task goes to whoever is on duty at its deadline, and its steps follow the hours.</summary>
public sealed record ToWhoIsOnDuty() : Act("");

/// <summary>The manager sends the apology that was not sure enough to go by itself.</summary>
public sealed record SendApology(string By) : Act(By);

public enum ActResult
{
    Done,

    /// <summary>Nothing changed: the task is already as asked.</summary>
    AlreadySo,

    /// <summary>The task is closed, or closed with another outcome.</summary>
    Closed,
    NotClosed,

    /// <summary>More than 24 hours have passed since it was closed.</summary>
    TooLate,

    /// <summary>The customer has another open task by now.</summary>
    OtherOpen,
    UnknownPerson,

    /// <summary>That person is not on duty at the deadline: an absent person never becomes the owner.</summary>
    Away,

    /// <summary>Whom it was about was erased: nobody can be called.</summary>
    Erased,

    /// <summary>There is no address, it was sent already, or its promise has passed.</summary>
    NoApologyNow,
}

/// <summary>The task after an act and what is told about it. <paramref name="After"/> is null when nothing changes.</summary>
public sealed record ActDecision(ActResult Result, CallBackTask? After, IReadOnlyList<TaskEvent> Events)
{
    public static ActDecision Refused(ActResult result) => new(result, null, []);
}
