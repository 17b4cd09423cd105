using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>Why a task is there; told to the manager in words of her language.</summary>
public enum ReasonKind
{
    /// <summary>A signal of the words reached the alert threshold.</summary>
    Signal,
    LowScore,

    /// <summary>The customer asked for a call on the form.</summary>
    AsksForCall,

    /// <summary>Several contacts in a row had no answer; <see cref="Reason.Count"/> says how many.</summary>
    Unanswered,

    /// <summary>The score and the words disagree.</summary>
    ScoreConflict,

    /// <summary>Sharp words without a threat.</summary>
    NegativeWords,

    /// <summary>The words could not be read: a person must.</summary>
    NotAnalysed,

    /// <summary>The words are in a language that is not read here.</summary>
    OtherLanguage,

    /// <summary>The customer says that nobody called.</summary>
    NobodyCalled,

    /// <summary>The customer says that it was not solved.</summary>
    NotSolved,

    /// <summary>The customer chose another time for the call.</summary>
    AsksForOtherTime,

    /// <summary>The customer asks for a written answer; <see cref="Reason.Detail"/> says on which way.</summary>
    AsksForWriting,

    /// <summary>The customer wants no call any more: a person closes the task with an outcome.</summary>
    AsksForNoCall,
}

/// <param name="Kind">What kind of reason.</param>
/// <param name="Signal">The signal of <see cref="ReasonKind.Signal"/>.</param>
/// <param name="Strength">Its strength, for leave and publish.</param>
/// <param name="Count">How many contacts, or the score.</param>
/// <param name="Detail">The scale of the score or the language's code.</param>
public sealed record Reason(ReasonKind Kind, SignalKind? Signal = null, SignalStrength? Strength = null, int? Count = null, string? Detail = null);
