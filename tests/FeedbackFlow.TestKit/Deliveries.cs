using System.Text;
using FeedbackFlow.Pipeline.Intake.Webhooks;

namespace FeedbackFlow.TestKit;

/// <summary>Requests to a source's address as its sender would make them.</summary>
public static class Deliveries
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Source Source(string format, params string[] secrets) =>
        new(format, format, [.. secrets.Select((secret, n) => new SourceSecret("s" + n, secret, Monday, null))], Monday);

    public static Arrival Arrival(string body, params (string Name, string Value)[] headers) => Arrival(Encoding.UTF8.GetBytes(body), headers);

    public static Arrival Arrival(byte[] body, params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };
        foreach (var (name, value) in headers) all[name] = value;
        return new(all["Content-Type"].Split(';')[0].Trim().ToLowerInvariant(), all, new Dictionary<string, string>(), body, null);
    }

    /// <summary>The format's own sample, signed with the source's newest secret.</summary>
    public static Arrival Sample(WebhookFormat format, Source source, string id, DateTimeOffset now)
    {
        var sample = format.Sample(id, now);
        var body = Encoding.UTF8.GetBytes(sample.Body);
        var signed = format.Proof.HasSecrets ? format.Proof.Sign(body, source.Secrets[0].Value, id, now)! : new Dictionary<string, string>();
        return Arrival(body, [("Content-Type", sample.ContentType), .. signed.Select(header => (header.Key, header.Value))]);
    }

    public static SignatureResult Check(this WebhookFormat format, Arrival arrival, Source source, DateTimeOffset now) => format.Proof.Check(arrival, source, new(now));

    public static Arrival With(this Arrival arrival, string header, string value)
    {
        var headers = new Dictionary<string, string>(arrival.Headers, StringComparer.OrdinalIgnoreCase) { [header] = value };
        return arrival with { Headers = headers };
    }

    public static Arrival Without(this Arrival arrival, string header)
    {
        var headers = new Dictionary<string, string>(arrival.Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove(header);
        return arrival with { Headers = headers };
    }

    public static Arrival WithBody(this Arrival arrival, string body) => arrival with { Body = Encoding.UTF8.GetBytes(body) };

    public static string Text(this Arrival arrival) => Encoding.UTF8.GetString(arrival.Body.Span);
}
