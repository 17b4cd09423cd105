using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>Teams, Slack and ntfy by their webhooks, through the client that refuses private networks where it connects; SMS and WhatsApp by their provider.</summary>
internal sealed class PostedWays(HttpEventPost http, ITextMessages texts) : IWays
{
    /// <summary>Slack says why in a word, ntfy in a line of JSON.</summary>
    private const int MostRead = 2_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How Slack words what is wrong with the address and not with the message (docs.slack.dev, "Handling errors" of incoming webhooks).</summary>
    private static readonly Dictionary<string, WayFailure> SlackWords = new()
    {
        ["no_service"] = WayFailure.Gone, ["no_service_id"] = WayFailure.Gone, ["no_team"] = WayFailure.Gone, ["team_disabled"] = WayFailure.Gone, ["channel_not_found"] = WayFailure.Gone,
        ["channel_is_archived"] = WayFailure.Gone, ["user_not_found"] = WayFailure.Gone, ["action_prohibited"] = WayFailure.NotAllowed, ["invalid_token"] = WayFailure.NotAllowed,
        ["posting_to_general_channel_denied"] = WayFailure.NotAllowed,
    };

    public bool Has(WayKind kind) => kind is WayKind.Mail or WayKind.Teams or WayKind.Slack or WayKind.Ntfy || texts.Has(kind);

    public Task<Delivery> SendAsync(Way way, Letter letter, bool begun, CancellationToken ct)
    {
        var brief = letter.Brief ?? throw new ArgumentException($"A letter of kind {letter.Kind} has no brief.", nameof(letter));
        if (way.IsPhone)
            return texts.SendAsync(new(way.Kind, way.Address, brief.Title, string.Join(" · ", brief.Lines), brief.Links[0].Address, letter.Kind), begun, ct);
        var address = new Uri(way.Address);
        return way.Kind switch
        {
            WayKind.Teams => PostAsync(way.Kind, address, TeamsCard.Of(brief, letter.To.Language), ct),
            WayKind.Slack => PostAsync(way.Kind, address, SlackMessage.Of(brief), ct),
            WayKind.Ntfy => PostAsync(way.Kind, NtfyMessage.Server(address), NtfyMessage.Of(letter, brief, address), ct),
            WayKind.Mail or WayKind.Sms or WayKind.WhatsApp => throw new ArgumentException($"{way.Kind} goes another way.", nameof(way)),
        };
    }

    private async Task<Delivery> PostAsync(WayKind kind, Uri address, JsonObject message, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.ToJsonString(Relaxed), Encoding.UTF8, "application/json") };
        return Read(kind, await http.AskAsync(request, MostRead, ct));
    }

    /// <summary>What an answer means. Neither its words nor the address are repeated, except a word that is known.</summary>
    internal static Delivery Read(WayKind kind, Answered answer)
    {
        if (NoAnswer(kind.ToString(), answer) is { } none) return none;
        var (status, said) = (answer.Posted.Status!.Value, answer.Body.Trim());
        var known = kind == WayKind.Slack && SlackWords.TryGetValue(said, out var meant) ? meant : (WayFailure?)null;
        var problem = string.Create(CultureInfo.InvariantCulture, $"{kind}: HTTP {status}{(known is null ? "" : " " + said)}");
        return status switch
        {
            >= 200 and < 300 => Delivery.Sent,
            >= 300 and < 400 => Refused(WayFailure.Moved),
            408 or 425 => Later(WayFailure.Down),
            429 => Later(WayFailure.Busy),
            >= 500 => Later(WayFailure.Down),
            _ when known is { } why => Refused(why),
            401 or 403 => Refused(WayFailure.NotAllowed),
            404 or 410 => Refused(WayFailure.Gone),
            _ => Refused(WayFailure.NotUnderstood),
        };

        Delivery Refused(WayFailure why) => new(DeliveryKind.Refused, problem) { Because = why, NotTaken = true };

        Delivery Later(WayFailure why) => new(DeliveryKind.TryAgain, problem, answer.Posted.RetryAfter) { Because = why, NotTaken = status < 500 };
    }

    /// <summary>Null when there was one.</summary>
    internal static Delivery? NoAnswer(string who, Answered answer) => answer.Posted switch
    {
        { IsForbidden: true } => new(DeliveryKind.Refused, $"{who}: the address leads into a private network.") { Because = WayFailure.Private, NotTaken = true },
        { Status: null } => new(DeliveryKind.TryAgain, $"{who}: {answer.Posted.Problem}") { Because = WayFailure.NoAnswer, NotTaken = !answer.WasSent },
        _ => null,
    };
}
