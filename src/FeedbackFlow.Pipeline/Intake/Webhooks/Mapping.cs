using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks;

/// <summary>
/// Where in a sender's JSON our fields stand, as JSON Pointers (RFC 6901), so that an unknown sender is connected without code. Null: the field
/// is not sent.
/// </summary>
public sealed record Mapping
{
    /// <summary>Our own contract: <c>{"id","type","kind","score","scale","text","occurred_at","customer":{"name","email","phone","ref"},"wants_call","public","url"}</c>.</summary>
    public static Mapping Own { get; } = new()
    {
        Id = "/id", Type = "/type", Kind = "/kind", Text = "/text", Title = "/title", Score = "/score", Scale = "/scale", Name = "/customer/name", Email = "/customer/email",
        Phone = "/customer/phone", Reference = "/customer/ref", WantsCall = "/wants_call", OccurredAt = "/occurred_at", Public = "/public", Url = "/url",
    };

    /// <summary>Names the event; without one the body itself does.</summary>
    public string? Id { get; init; }

    /// <summary>What happened; an ending such as <c>.updated</c> or <c>.deleted</c> is understood.</summary>
    public string? Type { get; init; }

    /// <summary><c>review</c>, <c>survey</c>, <c>inquiry</c>, <c>complaint</c>; <c>mystery</c> is kept and never read as a customer's.</summary>
    public string? Kind { get; init; }

    public string? Text { get; init; }

    public string? Title { get; init; }

    public string? Score { get; init; }

    public string? Scale { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Reference { get; init; }

    public string? WantsCall { get; init; }

    public string? OccurredAt { get; init; }

    /// <summary>True for what everybody can read.</summary>
    public string? Public { get; init; }

    public string? Url { get; init; }

    /// <summary>Every field by the name that settings have for it.</summary>
    public IReadOnlyList<(string Field, string? Pointer)> Fields =>
    [
        ("id", Id), ("type", Type), ("kind", Kind), ("text", Text), ("title", Title), ("score", Score), ("scale", Scale), ("name", Name), ("email", Email), ("phone", Phone),
        ("reference", Reference), ("wants-call", WantsCall), ("occurred-at", OccurredAt), ("public", Public), ("url", Url),
    ];

    /// <summary>From typed fields; those whose pointer is not one are named.</summary>
    public static (Mapping Mapping, IReadOnlyList<string> Wrong) Of(Func<string, string?> typed)
    {
        var pointers = Own.Fields.ToDictionary(field => field.Field, field => typed(field.Field)?.Trim() is { Length: > 0 } pointer ? pointer : null);
        var mapping = new Mapping
        {
            Id = pointers["id"], Type = pointers["type"], Kind = pointers["kind"], Text = pointers["text"], Title = pointers["title"], Score = pointers["score"], Scale = pointers["scale"],
            Name = pointers["name"], Email = pointers["email"], Phone = pointers["phone"], Reference = pointers["reference"], WantsCall = pointers["wants-call"],
            OccurredAt = pointers["occurred-at"], Public = pointers["public"], Url = pointers["url"],
        };
        return (mapping, [.. pointers.Where(field => field.Value is { } pointer && !JsonPointer.IsWellFormed(pointer)).Select(field => field.Key)]);
    }
}
