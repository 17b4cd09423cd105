using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>An id that says what it identifies, so that a task's id is never taken for a letter's.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>
/// Ids are version 7 UUIDs in 32 hexadecimal digits: they sort by the time they were made, so a row key can be derived from an id
/// (RFC 9562, section 5.7).
/// </summary>
public static class NewId
{
    public static T At<T>(DateTimeOffset at) where T : struct, IId<T> => T.From(Guid.CreateVersion7(at).ToString("N"));

    /// <summary>Whether a string from outside has the form of an id; anything else is simply not found.</summary>
    public static bool IsWellFormed(string? value) => value is { Length: 32 } && value.All(char.IsAsciiHexDigitLower);
}

[JsonConverter(typeof(IdConverter<FeedbackId>))]
public readonly record struct FeedbackId(string Value) : IId<FeedbackId>
{
    public static FeedbackId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<TaskId>))]
public readonly record struct TaskId(string Value) : IId<TaskId>
{
    public static TaskId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<LetterId>))]
public readonly record struct LetterId(string Value) : IId<LetterId>
{
    public static LetterId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<CustomerId>))]
public readonly record struct CustomerId(string Value) : IId<CustomerId>
{
    public static CustomerId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<JobId>))]
public readonly record struct JobId(string Value) : IId<JobId>
{
    public static JobId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<PersonId>))]
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    public static PersonId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdConverter<ReceiptId>))]
public readonly record struct ReceiptId(string Value) : IId<ReceiptId>
{
    public static ReceiptId From(string value) => new(value);

    public override string ToString() => Value;
}

internal sealed class IdConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException($"{typeof(T).Name} is null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
