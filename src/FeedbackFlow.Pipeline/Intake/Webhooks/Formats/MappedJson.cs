using System.Text.Json;
using FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Formats;

/// <summary>Reads one object by a mapping: for our own contract, and for every sender whose fields the owner has pointed out.</summary>
internal static class MappedJson
{
    private const int LongestId = 300;

    /// <summary>The event as the mapping finds it, and whether there was anything to read.</summary>
    /// <param name="key">Its name where the envelope has one; otherwise the mapped id, otherwise its content.</param>
    public static Heard Read(JsonElement data, Source source, string? key, string? type, Func<string, HeardKind> kindOf, string otherwise)
    {
        var mapping = source.Mapping ?? Mapping.Own;
        JsonElement At(string? pointer) => pointer is null ? default : JsonPointer.Find(data, pointer);

        var gathered = new Gathered { WantsCall = At(mapping.WantsCall).Flag() };
        gathered.Say(At(mapping.Title).Text());
        gathered.Say(At(mapping.Text).Joined());
        gathered.Score(At(mapping.Score).Text(), At(mapping.Scale).Text() ?? source.Scale);
        gathered.Name(At(mapping.Name).Text());
        gathered.Email(At(mapping.Email).Text());
        gathered.Phone(At(mapping.Phone).Text());

        var kind = At(mapping.Kind).Text()?.Trim().ToLowerInvariant();
        var what = type ?? At(mapping.Type).Text() ?? "";
        var id = At(mapping.Id).Text() is { Length: <= LongestId } given ? given : null;
        var isReview = kind == "review" || At(mapping.Public).Flag();
        var (verb, reference) = (kindOf(what), At(mapping.Reference).Text());
        var named = key ?? (id is null ? otherwise : verb == HeardKind.Said ? id : $"{id}\n{what}\n{otherwise}");
        // Mystery visitors are kept apart from customers.
        if (kind == "mystery") return new(HeardKind.OtherType, named, "mystery");
        var deletes = verb == HeardKind.Deleted && isReview && id is not null;
        if (verb == HeardKind.Deleted && !deletes) return new(HeardKind.OtherType, named, what);
        if (!gathered.SaysSomething && !deletes) return new(HeardKind.NothingSaid, named, what) { Details = gathered.Details };
        return new(deletes || (verb == HeardKind.Edited && isReview) ? verb : HeardKind.Said, named, what)
        {
            Submission = gathered.SaysSomething ? gathered.ToSubmission(isReview ? Channel.Review : ChannelOf(kind), reference) : null,
            ReviewId = isReview ? id ?? named : null,
            OccurredAt = At(mapping.OccurredAt).Time(),
            Url = WebAddress.Of(At(mapping.Url).Text()),
            Reference = reference,
            Details = gathered.Details,
        };
    }

    private static Channel ChannelOf(string? kind) => kind switch
    {
        "phone" => Channel.Phone,
        "mail" => Channel.Mail,
        "letter" => Channel.Letter,
        _ => Channel.Form,
    };
}
