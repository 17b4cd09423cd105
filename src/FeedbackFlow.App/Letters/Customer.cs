using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Letters;

/// <summary>How a letter to the manager speaks of a customer.</summary>
public static class Customer
{
    /// <summary>Longest quotation in a letter; the rest is behind the link (design 4.3).</summary>
    public const int LongestQuote = 1_000;

    private const int LongestEvidence = 120;
    private const int LongestNameInSubject = 40;

    public static string Name(Contact contact, Words words) => contact switch
    {
        { Name: { } name } when Plain.Name(name).Length > 0 => Plain.Name(name),
        { Phone: { } phone } => PhoneNumber.Display(phone),
        _ => words["customer.unnamed"],
    };

    /// <param name="isolated">For text that keeps directions apart itself.</param>
    public static string NameInSubject(Contact contact, Words words, bool isolated = false)
    {
        var name = Plain.Shorten(Name(contact, words), LongestNameInSubject);
        return isolated ? Plain.Isolated(name) : name;
    }

    /// <summary>What is left to do: call, write, or only read.</summary>
    public static string Deed(Contact contact) => contact switch
    {
        { Phone: not null } => "call",
        { Email: not null } => "write",
        _ => "read",
    };

    /// <summary>The words that weigh most: the first evidence of the first reason that has some; null where none has.</summary>
    public static string? KeyWords(CallBackTask task, Reading reading, string? text)
    {
        if (text is null) return null;
        var evidence = task.Reasons.Select(reason => reason.Signal is { } kind ? reading.Find(kind)?.Evidence : null).FirstOrDefault(found => found is not null) ?? [];
        var ranges = Marks.Within(text, evidence);
        return ranges.Count == 0 ? null : Plain.Shorten(Plain.Line(text[ranges[0].Start..ranges[0].End]), LongestEvidence);
    }
}
