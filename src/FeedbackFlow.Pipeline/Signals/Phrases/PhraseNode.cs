namespace FeedbackFlow.Pipeline.Signals;

/// <summary>A parsed phrase, before it is compiled.</summary>
internal abstract record PhraseNode
{
    /// <summary>One token out of a set of words.</summary>
    public sealed record OneOf(IReadOnlySet<int> Ids) : PhraseNode;

    public sealed record Sequence(IReadOnlyList<PhraseNode> Parts) : PhraseNode;

    public sealed record Choice(IReadOnlyList<PhraseNode> Options) : PhraseNode;

    public sealed record Maybe(PhraseNode Part) : PhraseNode;

    /// <summary>Up to <paramref name="Most"/> tokens of any kind; a careful gap does not step over a negation or a "but".</summary>
    public sealed record Skip(int Most, bool Careful) : PhraseNode;

    public sealed record NotAhead(PhraseNode Part) : PhraseNode;

    public sealed record NotBehind(PhraseNode Part) : PhraseNode;

    /// <summary>The place where a clause begins or ends.</summary>
    public sealed record Edge(bool AtStart, bool Hard) : PhraseNode;
}
