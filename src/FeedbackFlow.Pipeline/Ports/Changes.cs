namespace FeedbackFlow.Pipeline.Ports;

/// <summary>A stored thing and the tag that changes with every write of it.</summary>
public sealed record Versioned<T>(T Value, string ETag) where T : class
{
    public Change<T> To(T after) => new(Value, ETag, after);
}

/// <summary>One thing's change: new when <paramref name="Before"/> is null, otherwise only if it is still as it was read.</summary>
public sealed record Change<T>(T? Before, string? ETag, T After) where T : class;

public static class Change
{
    public static Change<T> New<T>(T value) where T : class => new(null, null, value);
}
