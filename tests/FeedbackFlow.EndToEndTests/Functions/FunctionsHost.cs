using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FeedbackFlow.Tests.Functions;

/// <summary>A function as its folder describes it.</summary>
internal sealed record Function(string Name, JsonElement Trigger, IReadOnlyList<JsonElement> Bindings)
{
    public string Type => Trigger.GetProperty("type").GetString()!;

    public string? Route => Trigger.TryGetProperty("route", out var route) ? route.GetString() : null;

    /// <summary>Whether the host would give this path to the function: a fixed route, or a prefix with a rest.</summary>
    public bool Takes(string path)
    {
        if (Route is not { } route) return false;
        var plain = path.Split('?')[0].Trim('/');
        var prefix = Regex.Replace(route, @"/?\{\*\w+\}$", "");
        return plain.Equals(prefix, StringComparison.OrdinalIgnoreCase) || (prefix != route && plain.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>
/// Does to the program what the Functions host does, by the folders of a package: passes requests from outside on with the host's and the front end's headers, and posts
/// triggers in the shapes that its own serialiser was seen to produce (chunked, texts quoted twice, numbers as strings).
/// </summary>
internal sealed class FunctionsHost(string package, Uri handler) : IDisposable
{
    public const string PublicHost = "feedback.example.com";

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = handler };

    public IReadOnlyList<Function> Functions { get; } = Read(package);

    public static JsonDocument HostJson(string package) => JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "host.json")));

    public static IReadOnlyList<Function> Read(string package) =>
    [
        .. Directory.GetFiles(package, "function.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
        {
            List<JsonElement> bindings = [.. JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("bindings").EnumerateArray()];
            return new Function(Path.GetFileName(Path.GetDirectoryName(file)!), bindings.Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal)), bindings);
        }),
    ];

    /// <summary>A request of the world. Without a function for it the host answers itself and the program never hears of it: null.</summary>
    public async Task<HttpResponseMessage?> OutsideAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        if (!Functions.Any(function => function.Takes(path))) return null;
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = PublicHost;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("X-ARR-LOG-ID", Guid.NewGuid().ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7:50123");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        var invocation = Guid.NewGuid().ToString();
        foreach (var name in new[] { "X-Azure-Functions-InvocationId", "x-ms-invocation-id" }) request.Headers.TryAddWithoutValidation(name, invocation);
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-HostVersion", "4.1048.200");
        return await http.SendAsync(request);
    }

    /// <summary>A queue's message, as the extension hands it over.</summary>
    public Task<HttpResponseMessage> QueueAsync(string function, string text, int dequeued = 1)
    {
        var metadata = new JsonObject
        {
            ["DequeueCount"] = dequeued.ToString(CultureInfo.InvariantCulture), ["ExpirationTime"] = "9999-12-31T23:59:59.9999999+00:00", ["Id"] = Quoted("6448c1f2-0000"),
            ["InsertionTime"] = "2026-11-22T02:08:13+00:00", ["NextVisibleTime"] = "2026-11-22T02:18:13+00:00", ["PopReceipt"] = Quoted("AgAAAA=="), ["sys"] = System(function),
        };
        // The host copies the first level of a JSON message beside its own names.
        if (IsObject(text)) foreach (var (name, value) in JsonNode.Parse(text)!.AsObject()) metadata[name] = value?.ToJsonString();
        metadata["id"] = Quoted("5");
        return PostAsync(function, new JsonObject { ["Data"] = new JsonObject { [Binding(function)] = Quoted(text) }, ["Metadata"] = metadata }.ToJsonString());
    }

    public Task<HttpResponseMessage> TimerAsync(string function, string? status = null) => PostAsync(function, new JsonObject
    {
        ["Data"] = new JsonObject
        {
            [Binding(function)] = new JsonObject { ["Schedule"] = new JsonObject { ["AdjustForDST"] = true }, ["ScheduleStatus"] = status is null ? null : JsonNode.Parse(status), ["IsPastDue"] = false },
        },
        ["Metadata"] = new JsonObject { ["sys"] = System(function) },
    }.ToJsonString());

    /// <summary>An invocation with a body of one's own.</summary>
    public async Task<HttpResponseMessage> PostAsync(string function, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + function) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-HostVersion", "4.1048.200");
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Azure-Functions-Host", "4.1048.200"));
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }

    /// <summary>What the host makes of an answer: success only with a 2xx and a JSON object; an empty one would hang.</summary>
    public static async Task<bool> SucceededAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) return false;
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.NoContent || body.Length == 0) throw new InvalidOperationException("The host would wait for this invocation until it times out.");
        if (answer.Content.Headers.ContentType?.MediaType != "application/json") return false;
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("Outputs", out var outputs) && outputs.ValueKind == JsonValueKind.Object && json.RootElement.GetProperty("Logs").ValueKind == JsonValueKind.Array;
    }

    public void Dispose() => http.Dispose();

    private string Binding(string function) => Functions.Single(known => known.Name == function).Trigger.GetProperty("name").GetString()!;

    private static JsonObject System(string function) => new() { ["MethodName"] = function, ["UtcNow"] = "2026-11-22T02:08:12.97Z", ["RandGuid"] = Guid.NewGuid().ToString() };

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
