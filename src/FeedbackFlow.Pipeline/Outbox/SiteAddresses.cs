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

    public Uri Board => At("manage");

    public Uri At(string path) => new(PublicUrl, path);
}
