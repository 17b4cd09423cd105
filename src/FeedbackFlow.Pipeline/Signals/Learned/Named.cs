namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Names of the kinds of features. A name is part of the model: whoever renames one makes the model anew.</summary>
internal static class Named
{
    public static readonly uint Bias = FeatureHash.Of("bias");
    public static readonly uint Word = FeatureHash.Of("word");
    public static readonly uint Pair = FeatureHash.Of("pair");
    public static readonly uint Triple = FeatureHash.Of("triple");
    public static readonly uint Piece = FeatureHash.Of("piece");
    public static readonly uint Head = FeatureHash.Of("head");
    public static readonly uint Tail = FeatureHash.Of("tail");
    public static readonly uint Cue = FeatureHash.Of("cue");
    public static readonly uint CuePair = FeatureHash.Of("cue pair");
    public static readonly uint Concept = FeatureHash.Of("concept");
    public static readonly uint ConceptPair = FeatureHash.Of("concept pair");
    public static readonly uint ConceptSkip = FeatureHash.Of("concept skip");
    public static readonly uint ConceptTriple = FeatureHash.Of("concept triple");
    public static readonly uint CueBefore = FeatureHash.Of("cue before");
    public static readonly uint CueAfter = FeatureHash.Of("cue after");
    public static readonly uint Rule = FeatureHash.Of("rule");
    public static readonly uint StaysLater = FeatureHash.Of("stays later");
    public static readonly uint StaysEarlier = FeatureHash.Of("stays earlier");
    public static readonly uint Sarcastic = FeatureHash.Of("sarcastic");
    public static readonly uint ClauseTone = FeatureHash.Of("clause tone");
    public static readonly uint TextTone = FeatureHash.Of("text tone");
    public static readonly uint ToneAfter = FeatureHash.Of("tone after");
    public static readonly uint Length = FeatureHash.Of("length");
    public static readonly uint Place = FeatureHash.Of("place");
    public static readonly uint StoryBefore = FeatureHash.Of("story before");
    public static readonly uint Praise = FeatureHash.Of("praise");
    public static readonly uint Complaint = FeatureHash.Of("complaint");
    public static readonly uint Balance = FeatureHash.Of("balance");
    public static readonly uint Clauses = FeatureHash.Of("clauses");
    public static readonly uint StoryAfter = FeatureHash.Of("story after");
    public static readonly uint QuestionLater = FeatureHash.Of("question later");
    public static readonly uint Quoted = FeatureHash.Of("quoted");
    public static readonly uint Question = FeatureHash.Of("question");
}
