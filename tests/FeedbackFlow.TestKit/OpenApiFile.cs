using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FeedbackFlow.TestKit;

/// <summary>What went over the wire, as a check needs it.</summary>
public sealed record SentRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => PathAndQuery.Split('?')[0];

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static SentRequest Of(string method, Uri address, HttpHeaders headers, string body) =>
        new(method, address.PathAndQuery, headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value)), body);
}

/// <summary>
/// An official description of a service (Swagger 2.0), against which requests of our clients and answers of our fakes are checked: path, required parameters, and the body's
/// schema with references, discriminators, required fields, types and closed enums. Fields the description does not know are errors: a misspelt one would be ignored by the service.
/// </summary>
public sealed partial class OpenApiFile
{
    private readonly string file;
    private readonly JsonElement root;
    private readonly string prefix;

    private OpenApiFile(string file)
    {
        this.file = file;
        root = Load(file);
        prefix = root.TryGetProperty("x-ms-parameterized-host", out var host) ? AfterHost().Match(host.GetProperty("hostTemplate").GetString()!).Groups["path"].Value : "";
    }

    private static string Folder => Path.Combine(TestServices.Repository, "..", "shared", "specs");

    /// <summary>Why descriptions cannot be checked here; null when they can.</summary>
    public static string? Missing => Directory.Exists(Folder) ? null : "The official API descriptions (../shared/specs) are not beside this repository.";

    public static OpenApiFile Read(string path) => new(Path.GetFullPath(Path.Combine(Folder, path)));

    /// <summary>What is wrong with the request; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems(SentRequest request)
    {
        var problems = new List<string>();
        if (Operation(request) is not { } operation) return [$"no operation {request.Method} {request.Path}"];
        var query = request.PathAndQuery.Split('?', 2) is [_, var text]
            ? text.Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part.ElementAtOrDefault(1) ?? ""))
            : [];
        foreach (var given in operation.GetProperty("parameters").EnumerateArray())
        {
            var (parameter, where) = Resolve(given, file);
            var name = parameter.GetProperty("name").GetString()!;
            switch (parameter.GetProperty("in").GetString())
            {
                case "query": CheckText(parameter, query.GetValueOrDefault(name), "query " + name, problems); break;
                case "header": CheckText(parameter, request.Header(name), "header " + name, problems); break;
                case "body": CheckBody(parameter, where, request.Body, problems); break;
            }
        }

        return problems;
    }

    /// <summary>What is wrong with an answer to the request; empty when nothing is.</summary>
    public IReadOnlyList<string> AnswerProblems(SentRequest request, int status, string body)
    {
        if (Operation(request) is not { } operation) return [$"no operation {request.Method} {request.Path}"];
        var answers = operation.GetProperty("responses");
        var answer = answers.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var exact) ? exact : answers.GetProperty("default");
        var problems = new List<string>();
        if (!answer.TryGetProperty("schema", out var schema)) return problems;
        using var json = JsonDocument.Parse(body);
        Check(json.RootElement, schema, file, "answer", problems);
        return problems;
    }

    /// <summary>What is wrong with a value that should be one of the description's definitions.</summary>
    public IReadOnlyList<string> DefinitionProblems(string definition, string json)
    {
        var problems = new List<string>();
        using var value = JsonDocument.Parse(json);
        Check(value.RootElement, root.GetProperty("definitions").GetProperty(definition), file, definition, problems);
        return problems;
    }

    private JsonElement? Operation(SentRequest request)
    {
        foreach (var path in root.GetProperty("paths").EnumerateObject())
        {
            var pattern = "^" + Regex.Replace(Regex.Escape(prefix + path.Name), @"\\\{[^}]+}", "[^/]+") + "$";
            if (Regex.IsMatch(request.Path, pattern) && path.Value.TryGetProperty(request.Method.ToLowerInvariant(), out var operation)) return operation;
        }

        return null;
    }

    private static void CheckText(JsonElement parameter, string? value, string name, List<string> problems)
    {
        var isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean();
        if (value is null)
        {
            if (isRequired) problems.Add(name + " is missing");
            return;
        }

        if (parameter.TryGetProperty("format", out var format) && format.GetString() == "uuid" && !Guid.TryParseExact(value, "D", out _)) problems.Add(name + " is no uuid");
        if (parameter.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(one => one.GetString() == value)) problems.Add($"{name} is not one of the known values");
    }

    private static void CheckBody(JsonElement parameter, string where, string body, List<string> problems)
    {
        using var json = JsonDocument.Parse(body);
        Check(json.RootElement, parameter.GetProperty("schema"), where, "body", problems);
    }

    private static void Check(JsonElement value, JsonElement given, string where, string at, List<string> problems)
    {
        var (schema, from) = Resolve(given, where);
        if (schema.TryGetProperty("discriminator", out var discriminator)) (schema, from) = Derived(value, schema, discriminator.GetString()!, from);
        var type = schema.TryGetProperty("type", out var named) ? named.GetString() : schema.TryGetProperty("properties", out _) || schema.TryGetProperty("allOf", out _) ? "object" : null;
        var fits = type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        if (!fits)
        {
            problems.Add($"{at} is {value.ValueKind}, not {type}");
            return;
        }

        if (type == "object") CheckFields(value, schema, from, at, problems);
        if (type == "array" && schema.TryGetProperty("items", out var items))
            foreach (var (index, item) in value.EnumerateArray().Index()) Check(item, items, from, $"{at}[{index}]", problems);
        if (type == "string" && schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(one => one.GetString() == value.GetString()))
            problems.Add($"{at} is '{value.GetString()}', which is not one of the known values");
    }

    private static void CheckFields(JsonElement value, JsonElement schema, string where, string at, List<string> problems)
    {
        var fields = new Dictionary<string, (JsonElement Schema, string Where)>();
        var required = new HashSet<string>();
        Gather(schema, where, fields, required);
        foreach (var name in required.Where(name => !value.TryGetProperty(name, out _))) problems.Add($"{at}.{name} is missing");
        foreach (var field in value.EnumerateObject())
        {
            if (fields.TryGetValue(field.Name, out var known)) Check(field.Value, known.Schema, known.Where, $"{at}.{field.Name}", problems);
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object) Check(field.Value, more, where, $"{at}.{field.Name}", problems);
            else if (fields.Count > 0) problems.Add($"{at}.{field.Name} is not known");
        }
    }

    private static void Gather(JsonElement schema, string where, Dictionary<string, (JsonElement, string)> fields, HashSet<string> required)
    {
        if (schema.TryGetProperty("allOf", out var bases))
        {
            foreach (var one in bases.EnumerateArray())
            {
                var (parent, from) = Resolve(one, where);
                Gather(parent, from, fields, required);
            }
        }

        if (schema.TryGetProperty("properties", out var own))
            foreach (var field in own.EnumerateObject()) fields[field.Name] = (field.Value, where);
        if (schema.TryGetProperty("required", out var names))
            foreach (var name in names.EnumerateArray()) required.Add(name.GetString()!);
    }

    private static (JsonElement Schema, string Where) Derived(JsonElement value, JsonElement schema, string discriminator, string where)
    {
        var kind = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(discriminator, out var named) ? named.GetString() : null;
        foreach (var one in Load(where).GetProperty("definitions").EnumerateObject())
            if (one.Value.TryGetProperty("x-ms-discriminator-value", out var known) && known.GetString() == kind) return (one.Value, where);
        return (schema, where);
    }

    private static (JsonElement Element, string Where) Resolve(JsonElement element, string where)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            var parts = reference.GetString()!.Split('#');
            if (parts[0].Length > 0) where = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(where)!, parts[0]));
            element = Load(where);
            foreach (var step in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries)) element = element.GetProperty(step);
        }

        return (element, where);
    }

    private static readonly Dictionary<string, JsonElement> Loaded = [];

    private static JsonElement Load(string file)
    {
        lock (Loaded)
        {
            if (Loaded.TryGetValue(file, out var known)) return known;
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return Loaded[file] = json.RootElement.Clone();
        }
    }

    [GeneratedRegex(@"^(https?://)?\{[^}]+\}(?<path>.*)$")]
    private static partial Regex AfterHost();
}
