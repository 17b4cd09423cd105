namespace FeedbackFlow.Pipeline.Signals;

/// <summary>What a feature is made of. Each group has its own scale in training, so that many faint features do not drown the few that carry meaning.</summary>
internal enum FeatureGroup
{
    /// <summary>Always there.</summary>
    Bias,

    /// <summary>Words, word pairs and word triples of the clause.</summary>
    Words,

    /// <summary>Pieces of words, for Hebrew and English inflection and for typos.</summary>
    Pieces,

    /// <summary>Cues of the clause, alone and in ordered pairs.</summary>
    Cues,

    /// <summary>Concepts of the clause, alone.</summary>
    Concepts,

    /// <summary>Concepts of the clause in ordered pairs and triples.</summary>
    ConceptRuns,

    /// <summary>Cues of the clauses around it.</summary>
    Surroundings,

    /// <summary>Cues anywhere before and after.</summary>
    Story,

    /// <summary>What the phrases found, look-alikes too.</summary>
    Rules,

    /// <summary>Mood, place and length.</summary>
    Shape,

    /// <summary>The mood of the whole text.</summary>
    Mood,
}

/// <summary>Takes the features of a clause one by one, as 32-bit hashes; a struct, so that walking allocates nothing.</summary>
internal interface IFeatureSink
{
    void Add(FeatureGroup group, uint feature);
}
