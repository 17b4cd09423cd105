using FeedbackFlow.Pipeline.Intake;

namespace FeedbackFlow.Pipeline.Outbox;

/// <summary>Addresses in letters and pages. They come from the setting <c>PublicUrl</c> only, never from a request.</summary>
public sealed record SiteAddresses(Uri PublicUrl)
{
    public Uri Action(string token) => At("a/" + token);

    public Uri Form(string token) => At("f/" + token);

    public Uri OpenForm(string business) => At("b/" + business);

    public Uri SignIn(string token) => At("manage/sign-in/" + token);

    public Uri TaskPage(TaskId task) => At("manage/tasks/" + task);

    /// <param name="language">Where the reader's differs from the business's; null otherwise.</param>
    public Uri CustomerPage(string token, string? language) => At("p/" + token + (language is null ? "" : "?lang=" + language));

    /// <summary>Where a source's sender delivers to.</summary>
    public Uri Hook(string business, string source) => At($"hooks/{business}/{source}");

    public Uri Board => At("manage");

    /// <summary>The board as one letter links to it: no two letters have the same address, by which a message that may have been sent is found again.</summary>
    public Uri BoardFrom(LetterId letter) => At("manage?letter=" + letter);

    public Uri Promises => At("manage/promises");

    public Uri Outbox => At("manage/outbox");

    /// <summary>Where people and hours are.</summary>
    public Uri Settings => At("manage/settings");

    public Uri At(string path) => new(PublicUrl, path);
}
