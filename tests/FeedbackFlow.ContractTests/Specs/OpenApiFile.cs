using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.Specs;

/// <summary>A request as it went out, with its path below the service's address.</summary>
internal sealed record SentRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>
/// A vendor's OpenAPI file (2.0), read as far as it binds a client: which operation a request is, which parameters it must and may have, what its body may be, and what an
/// answer may be. The files lie beside the repository, not in it; without them the test is skipped.
/// </summary>
internal sealed class OpenApiFile
{
    private static readonly Dictionary<string, JsonElement> Files = [];
    private readonly string path;
    private readonly JsonElement root;

    private OpenApiFile(string path) => (this.path, root) = (path, Read(path));

    /// <param name="service">Folder of the service, such as <c>tables</c>.</param>
    /// <param name="name">The file's name, such as <c>table.json</c>.</param>
    /// <param name="version">A part of its path where there are several.</param>
    public static OpenApiFile Find(string service, string name, string version = "")
    {
        var folder = Path.GetFullPath(Path.Combine(TestServices.Repository, "..", "shared", "specs", service));
        var file = Directory.Exists(folder) ? Directory.GetFiles(folder, name, SearchOption.AllDirectories).FirstOrDefault(file => file.Contains(version, StringComparison.Ordinal)) : null;
        if (file is null) Assert.Skip("The vendor's OpenAPI files are not beside this repository.");
        return new(file!);
    }

    /// <summary>What is wrong with the request; empty when nothing is.</summary>
    /// <param name="allowed">Differences that are meant, such as a newer version in a header, by parameter.</param>
    public IReadOnlyList<string> Check(SentRequest request, params string[] allowed)
    {
        var (target, query) = (request.PathAndQuery.Split('?', 2)[0], HttpUtility.ParseQueryString(request.PathAndQuery.Contains('?', StringComparison.Ordinal) ? request.PathAndQuery.Split('?', 2)[1] : ""));
        if (Operation(request.Method, target) is not { } found) return [$"{request.Method} {target}: no such operation."];
        var problems = new List<string>();
        List<JsonElement> parameters = [.. found.Shared.Concat(found.Operation.TryGetProperty("parameters", out var own) ? own.EnumerateArray() : []).Select(Resolve)];
        var named = parameters.ToLookup(parameter => parameter.GetProperty("in").GetString()!, parameter => parameter.GetProperty("name").GetString()!);
        foreach (var unknown in query.AllKeys.OfType<string>().Where(name => !named["query"].Contains(name))) problems.Add($"query {unknown} is not known");
        foreach (var parameter in parameters)
        {
            var (place, name) = (parameter.GetProperty("in").GetString(), parameter.GetProperty("name").GetString()!);
            var required = parameter.TryGetProperty("required", out var must) && must.GetBoolean();
            if (allowed.Contains(name)) continue;
            if (place == "body")
            {
                if (request.Body.Length > 0) CheckJson(request.Body, parameter.GetProperty("schema"), problems);
                else if (required) problems.Add("the body is missing");
                continue;
            }

            var value = place == "query" ? query[name] : place == "header" ? request.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value : null;
            if (place is not ("query" or "header")) continue;
            if (value is null && required) problems.Add($"{place} {name} is missing");
            if (value is not null) CheckText(name, value, parameter, problems);
        }

        return [.. problems.Select(problem => $"{request.Method} {target}: {problem}")];
    }

    /// <summary>What is wrong with an answer that a stand-in gives.</summary>
    public IReadOnlyList<string> CheckAnswer(string method, string target, int status, byte[] body)
    {
        if (Operation(method, target) is not { } found) return [$"{method} {target}: no such operation."];
        var responses = found.Operation.GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var answer) && !responses.TryGetProperty("default", out answer)) return [$"{status} is no answer of {method} {target}"];
        var problems = new List<string>();
        if (Resolve(answer).TryGetProperty("schema", out var schema)) CheckJson(body, schema, problems);
        return problems;
    }

    private (JsonElement Operation, IEnumerable<JsonElement> Shared)? Operation(string method, string target)
    {
        var plain = Uri.UnescapeDataString(target);
        foreach (var route in root.GetProperty("paths").EnumerateObject().OrderBy(route => route.Name.Count(c => c == '{')).ThenByDescending(route => route.Name.Length))
        {
            var template = route.Name.Split('?')[0];
            // A key holds no slash; a table's name holds only letters and digits.
            var pattern = "^" + Regex.Replace(Regex.Escape(template), @"\\\{(\w+)}", match => match.Groups[1].Value.EndsWith("Key", StringComparison.Ordinal) ? "[^/]+?" : "[^/()']+") + "$";
            if (!Regex.IsMatch(plain, pattern) || !route.Value.TryGetProperty(method.ToLowerInvariant(), out var operation)) continue;
            return (operation, route.Value.TryGetProperty("parameters", out var shared) ? shared.EnumerateArray() : []);
        }

        return null;
    }

    private void CheckJson(byte[] body, JsonElement schema, List<string> problems)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            CheckValue("$", json.RootElement, schema, problems);
        }
        catch (JsonException wrong)
        {
            problems.Add("the body is no JSON: " + wrong.Message);
        }
    }

    private void CheckValue(string at, JsonElement value, JsonElement given, List<string> problems)
    {
        var schema = Chosen(value, Resolve(given));
        var type = schema.TryGetProperty("type", out var named) ? named.GetString() : schema.TryGetProperty("properties", out _) || schema.TryGetProperty("allOf", out _) ? "object" : null;
        if (!IsOfType(value, type))
        {
            problems.Add($"{at} is {value.ValueKind}, not {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.String) CheckText(at, value.GetString()!, schema, problems);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (index, item) in value.EnumerateArray().Index()) CheckValue($"{at}[{index}]", item, items, problems);
        if (value.ValueKind == JsonValueKind.Object) CheckObject(at, value, schema, problems);
    }

    private void CheckObject(string at, JsonElement value, JsonElement schema, List<string> problems)
    {
        List<JsonElement> parts = [.. Parts(schema)];
        var properties = parts.Where(part => part.TryGetProperty("properties", out _)).SelectMany(part => part.GetProperty("properties").EnumerateObject()).GroupBy(property => property.Name).ToDictionary(group => group.Key, group => group.First().Value);
        foreach (var missing in parts.Where(part => part.TryGetProperty("required", out _)).SelectMany(part => part.GetProperty("required").EnumerateArray()).Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            problems.Add($"{at}.{missing} is missing");
        var isOpen = properties.Count == 0 || parts.Any(part => part.TryGetProperty("additionalProperties", out _));
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetValue(member.Name, out var expected)) CheckValue($"{at}.{member.Name}", member.Value, expected, problems);
            else if (!isOpen) problems.Add($"{at}.{member.Name} is not known");
        }
    }

    /// <summary>With a discriminator, the definition that the value names.</summary>
    private JsonElement Chosen(JsonElement value, JsonElement schema)
    {
        if (!schema.TryGetProperty("discriminator", out var discriminator) || value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(discriminator.GetString()!, out var kind)) return schema;
        foreach (var definition in root.GetProperty("definitions").EnumerateObject())
            if (definition.Value.TryGetProperty("x-ms-discriminator-value", out var name) && name.GetString() == kind.GetString() && Parts(definition.Value).Any(part => part.Equals(schema) || part.GetRawText() == schema.GetRawText())) return definition.Value;
        return schema;
    }

    private IEnumerable<JsonElement> Parts(JsonElement schema) =>
        schema.TryGetProperty("allOf", out var all) ? all.EnumerateArray().Select(Resolve).SelectMany(Parts).Prepend(schema) : [schema];

    private static bool IsOfType(JsonElement value, string? type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => true,
    };

    private static void CheckText(string name, string value, JsonElement rule, List<string> problems)
    {
        var type = rule.TryGetProperty("type", out var named) ? named.GetString() : null;
        if (type == "integer" && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) problems.Add($"{name} is no whole number");
        var isClosed = rule.TryGetProperty("enum", out var values) && !(rule.TryGetProperty("x-ms-enum", out var more) && more.TryGetProperty("modelAsString", out var open) && open.GetBoolean());
        if (isClosed && !values.EnumerateArray().Any(allowed => allowed.ToString() == value)) problems.Add($"{name} is '{value}', not one of {values.GetRawText()}");
        if (rule.TryGetProperty("minLength", out var least) && value.Length < least.GetInt32()) problems.Add($"{name} is too short");
        if (rule.TryGetProperty("maxLength", out var most) && value.Length > most.GetInt32()) problems.Add($"{name} is too long");
        if (rule.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value, pattern.GetString()!)) problems.Add($"{name} does not match {pattern}");
        if (rule.TryGetProperty("format", out var format) && format.GetString() == "uuid" && !Guid.TryParse(value, out _)) problems.Add($"{name} is no uuid");
    }

    private JsonElement Resolve(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("$ref", out var reference)) return element;
        var parts = reference.GetString()!.Split('#', 2);
        var found = parts[0].Length == 0 ? root : Read(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0])));
        foreach (var step in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries)) found = found.GetProperty(step.Replace("~1", "/", StringComparison.Ordinal));
        return Resolve(found);
    }

    private static JsonElement Read(string file)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(file, out var known)) Files[file] = known = JsonDocument.Parse(File.ReadAllText(file)).RootElement.Clone();
            return known;
        }
    }
}
