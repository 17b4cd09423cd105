using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.App.Pages.Manage;

/// <summary>Names of the fields on the pages of sources.</summary>
public static class SourceFields
{
    public const string Name = "name";
    public const string Format = "format";
    public const string Secret = "secret";
    public const string SecretId = "secret-id";
    public const string Scale = "scale";
    public const string Sample = "sample";
    public const string Audience = "audience";
    public const string Email = "email";
    public const string Subscription = "subscription";
    public const string ClientId = "client-id";
    public const string ClientSecret = "client-secret";
    public const string RefreshToken = "refresh-token";
    public const string Review = "review";

    public static string Pointer(string field) => "at-" + field;
}

/// <summary>What a source's page posts, below the page's own address.</summary>
public static class SourceActions
{
    public const string NewSecret = "secret";
    public const string EndSecret = "end-secret";
    public const string Test = "test";
    public const string Mapping = "mapping";
    public const string Preview = "preview";
    public const string Push = "push";
    public const string FetchAgain = "fetch-again";
    public const string PutAway = "put-away";
    public const string Remove = "remove";
}

/// <param name="Last">The newest delivery; null where none came yet.</param>
/// <param name="Unread">Reviews that were noticed and are not read here.</param>
public sealed record SourceRow(Source Source, string Brand, string Url, Receipt? Last, IReadOnlyList<PendingReview> Unread);

/// <param name="TypedName">What was typed when there were errors.</param>
public sealed record SourcesModel(
    PageFrame Frame, ManageNav Nav, IReadOnlyList<SourceRow> Sources, IReadOnlyList<WebhookFormat> Formats, string? TypedName, string? TypedFormat,
    IReadOnlyList<FieldError> Errors, string? Notice, string Zone, DateTimeOffset Now);

/// <summary>What a mapping finds in a pasted sample.</summary>
/// <param name="Refusal">Why it could not be read, in the page's language; null when it could.</param>
/// <param name="Found">Field and value, in the order of the form.</param>
public sealed record MappingPreview(string? Refusal, IReadOnlyList<(string Label, string Value)> Found);

/// <param name="Address">Where the sender delivers to.</param>
/// <param name="NewSecret">A secret that was just made: shown this once.</param>
/// <param name="Receipts">The newest ten deliveries.</param>
/// <param name="Unread">Reviews that were noticed and whose words are not here, last noticed first.</param>
/// <param name="Values">What was typed into a form that had errors or was previewed, by field; otherwise what is set.</param>
/// <param name="TestResult">What the test button's delivery met; null on other visits.</param>
public sealed record SourceModel(
    PageFrame Frame, ManageNav Nav, string Url, Source Source, WebhookFormat Format, Uri Address, string? NewSecret, IReadOnlyList<Receipt> Receipts, IReadOnlyList<PendingReview> Unread,
    IReadOnlyDictionary<string, string> Values, MappingPreview? Preview, string? TestResult, bool TestPassed, IReadOnlyList<FieldError> Errors, string? Notice,
    string Zone, DateTimeOffset Now)
{
    /// <summary>Secrets that stand in the settings and are not there, by id.</summary>
    public IReadOnlyList<string> EmptySettings { get; init; } = [];

    public string Value(string field) => Values.GetValueOrDefault(field, "");
}
