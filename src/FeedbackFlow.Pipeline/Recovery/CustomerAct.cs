namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>What a customer does on the promise page.</summary>
public abstract record CustomerAct;

/// <summary>The time has passed and nobody called, or somebody says so who did not.</summary>
public sealed record NobodyCalled : CustomerAct;

/// <summary>"Call me at another time": the end of one of the offered windows.</summary>
public sealed record CallAt(DateTimeOffset By) : CustomerAct;

public enum WrittenBy
{
    Mail,
    WhatsApp,
}

/// <summary>"Rather write to me".</summary>
public sealed record WriteInstead(WrittenBy Way) : CustomerAct;

public sealed record NoNeedToCall : CustomerAct;

/// <summary>The answer to "did we solve it?"; "no" opens the task again.</summary>
public sealed record SaySolved(bool Solved) : CustomerAct;

public enum CustomerActResult
{
    Done,

    /// <summary>Nothing changed: it is already as asked.</summary>
    AlreadySo,

    /// <summary>The time told has not passed yet.</summary>
    TooEarly,

    /// <summary>No such time is offered any more, or no address for that way is known.</summary>
    NotOffered,

    /// <summary>Time and way were changed so often that speaking is better.</summary>
    TooOften,

    /// <summary>The task is closed.</summary>
    Closed,
    NotClosed,

    /// <summary>Another matter of this customer is open, and somebody will call about it.</summary>
    OtherOpen,
}

/// <summary>Who hears of it.</summary>
public enum CustomerActLetter
{
    None,

    /// <summary>The owner of the task is told what was chosen.</summary>
    Wish,

    /// <summary>The owner of the task gets it like a new one.</summary>
    Alert,
}

/// <param name="After">Null when nothing changes.</param>
public sealed record CustomerDecision(CustomerActResult Result, CallBackTask? After, IReadOnlyList<TaskEvent> Events, CustomerActLetter Letter)
{
    public static CustomerDecision Refused(CustomerActResult why) => new(why, null, [], CustomerActLetter.None);

    public static CustomerDecision Done(CallBackTask after, CustomerActLetter letter, params IReadOnlyList<TaskEvent> events) => new(CustomerActResult.Done, after, events, letter);
}
