using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>
/// SMS and WhatsApp by Twilio's Messages resource (www.twilio.com/docs/messaging/api/message-resource): <c>POST /2010-04-01/Accounts/{account}/Messages.json</c> with a form
/// (<c>To</c>, <c>From</c> or <c>MessagingServiceSid</c>, <c>Body</c>; for WhatsApp addresses as <c>whatsapp:+…</c>, <c>ContentSid</c> and <c>ContentVariables</c>) and basic
/// authentication. 201 with a <c>sid</c> means that it was taken, not that a phone has it. A refusal is <c>{"code","message","more_info","status"}</c>, with codes as in
/// www.twilio.com/docs/api/errors. The service takes the same request twice as two messages, so an attempt whose end is not known is looked up first: by the number
/// and the link, which no other letter has (<see cref="TextMessage.Link"/>).
/// </summary>
internal sealed class TwilioMessages(TextSettings settings, HttpEventPost http, ISendingBudget budget) : ITextMessages
{
    private const int MostRead = 256 * 1024;

    /// <summary>A variable of a template holds no line break, and the whole message 1,024 characters.</summary>
    private const int LongestVariable = 400;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is wrong for good with this number or this account, by Twilio's error code.</summary>
    private static readonly Dictionary<int, WayFailure> Codes = new()
    {
        [21211] = WayFailure.BadNumber, [21214] = WayFailure.BadNumber, [21217] = WayFailure.BadNumber, [21614] = WayFailure.BadNumber, [21612] = WayFailure.BadNumber, [63003] = WayFailure.BadNumber,
        [63024] = WayFailure.BadNumber, [21610] = WayFailure.OptedOut, [63033] = WayFailure.OptedOut, [20003] = WayFailure.NotAllowed, [21408] = WayFailure.NotAllowed, [21608] = WayFailure.NotAllowed,
        [21606] = WayFailure.NotAllowed, [21659] = WayFailure.NotAllowed, [21660] = WayFailure.NotAllowed, [63007] = WayFailure.NotAllowed,
    };

    public bool Has(WayKind kind) => kind switch
    {
        WayKind.Sms => settings.From is not null,
        WayKind.WhatsApp => settings is { WhatsAppFrom: not null, WhatsAppTemplate: not null },
        WayKind.Mail or WayKind.Teams or WayKind.Slack or WayKind.Ntfy => false,
    };

    public async Task<Delivery> SendAsync(TextMessage message, bool begun, CancellationToken ct)
    {
        if (!Has(message.By)) return await new NoTextMessages().SendAsync(message, begun, ct);
        if (begun && await LookUpAsync(message, ct) is { } known) return known;
        if ((await budget.TakeAsync(message.Kind, ct)).NotBefore is { } notBefore)
            return new(DeliveryKind.TryAgain, $"{message.By}: the quota of this hour or minute is used.", notBefore) { Because = WayFailure.Busy, NotTaken = true };
        using var request = Request(HttpMethod.Post, "");
        request.Content = new FormUrlEncodedContent(Form(message));
        var delivery = Read(message.By, await http.AskAsync(request, MostRead, ct));
        if (delivery is { Because: WayFailure.Busy, NotBefore: { } until }) await budget.CloseAsync(until, ct);
        return delivery;
    }

    private Dictionary<string, string> Form(TextMessage message)
    {
        if (message.By == WayKind.WhatsApp)
        {
            var variables = new Dictionary<string, string> { ["1"] = Variable(message.Title), ["2"] = Variable(message.Detail), ["3"] = message.Link.AbsoluteUri };
            return new()
            {
                ["To"] = AddressOf(message), ["From"] = "whatsapp:" + settings.WhatsAppFrom, ["ContentSid"] = settings.WhatsAppTemplate!, ["ContentVariables"] = JsonSerializer.Serialize(variables, Relaxed),
            };
        }

        var sender = settings.From!.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From";
        return new() { ["To"] = AddressOf(message), [sender] = settings.From, ["Body"] = SmsText.Of(message.Title, message.Link) };
    }

    /// <summary>Never empty, because a template is refused then.</summary>
    private static string Variable(string text) => Cut.ToCharacters(text.ReplaceLineEndings(" "), LongestVariable) is { Length: > 0 } cut ? cut : "·";

    /// <summary>Null when the service does not have it.</summary>
    private async Task<Delivery?> LookUpAsync(TextMessage message, CancellationToken ct)
    {
        // Newest first. Not by the day it was sent: what still waits at the provider has none.
        using var request = Request(HttpMethod.Get, $"?To={Uri.EscapeDataString(AddressOf(message))}&PageSize=50");
        var answer = await http.AskAsync(request, MostRead, ct);
        if (answer.Posted.Status != 200) return PostedWays.NoAnswer(message.By.ToString(), answer) ?? Read(message.By, answer);
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var has = json.RootElement.GetProperty("messages").EnumerateArray().Any(sent => sent.GetProperty("body").GetString()?.Contains(message.Link.AbsoluteUri, StringComparison.Ordinal) == true);
            return has ? Delivery.Sent : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new(DeliveryKind.TryAgain, $"{message.By}: an answer that cannot be read.") { Because = WayFailure.Down };
        }
    }

    private static Delivery Read(WayKind by, Answered answer)
    {
        if (PostedWays.NoAnswer(by.ToString(), answer) is { } none) return none;
        var (status, code) = (answer.Posted.Status!.Value, CodeOf(answer.Body));
        if (status is >= 200 and < 300) return Delivery.Sent;
        var problem = string.Create(CultureInfo.InvariantCulture, $"{by}: HTTP {status}{(code is { } number ? $", error {number}" : "")}");
        if (status == 429 || code is 20429 or 14107)
            return new(DeliveryKind.TryAgain, problem, answer.Posted.RetryAfter) { Because = WayFailure.Busy, NotTaken = true };
        if (status >= 500 || status == 408) return new(DeliveryKind.TryAgain, problem, answer.Posted.RetryAfter) { Because = WayFailure.Down };
        var why = code is { } known && Codes.TryGetValue(known, out var meant) ? meant
            : status switch { 401 or 403 => WayFailure.NotAllowed, 404 => WayFailure.Gone, >= 300 and < 400 => WayFailure.Moved, _ => WayFailure.NotUnderstood };
        return new(DeliveryKind.Refused, problem) { Because = why, NotTaken = true };
    }

    private static int? CodeOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string query) => new(method, new Uri(settings.Endpoint, $"/2010-04-01/Accounts/{settings.Account}/Messages.json{query}"))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{settings.Secret}"))) },
    };

    private static string AddressOf(TextMessage message) => message.By == WayKind.WhatsApp ? "whatsapp:" + message.To : message.To;
}
