using System.Text.Json;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Api;

/// <summary>Reads fields out of a JSON object and remembers each one that has the wrong type, so that a caller hears of all at once.</summary>
internal sealed class BodyReader
{
    private const int MostDepth = 16;
    private readonly JsonElement root;
    private readonly string path;

    private BodyReader(JsonElement root, string path, List<FieldProblem> problems) => (this.root, this.path, Problems) = (root, path, problems);

    public List<FieldProblem> Problems { get; }

    /// <summary>The body as an object, or the answer that says why it is none.</summary>
    public static async Task<(BodyReader? Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
            return (null, Api.Problems.Of(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.", "Send Content-Type: application/json."));
        try
        {
            var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = MostDepth }, ct);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new(document.RootElement, "", []), null)
                : (null, Api.Problems.NotJson("Send one JSON object."));
        }
        catch (JsonException broken)
        {
            return (null, Api.Problems.NotJson($"Line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}: this is not JSON."));
        }
    }

    public string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair, escaped: legal JSON grammar, but no text.
            }
        }

        return Wrong<string?>(name, "a string");
    }

    public int? Whole(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : Wrong<int?>(name, "a whole number");
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        return value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => Wrong<bool>(name, "true or false") };
    }

    /// <summary>The object under a name; null when there is none.</summary>
    public BodyReader? Object(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Object ? new(value, path + name + ".", Problems) : Wrong<BodyReader?>(name, "an object");
    }

    public void CheckBranch(string? branch, Business business)
    {
        if (branch is null || business.Branches.Any(place => place.Id == branch)) return;
        var allowed = business.Branches.Count == 0 ? "nothing: this business has one place" : string.Join(", ", business.Branches.Select(place => place.Id));
        Problems.Add(new("branch", ProblemKind.NotOneOf, allowed));
    }

    private JsonElement? Find(string name)
    {
        try
        {
            return root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the name of a field: legal JSON grammar, but no name that another can be compared with.
            Problems.Add(new(path.Length == 0 ? "body" : path.TrimEnd('.'), ProblemKind.WrongType, "fields whose names are Unicode text"));
            return null;
        }
    }

    private T Wrong<T>(string name, string allowed)
    {
        Problems.Add(new(path + name, ProblemKind.WrongType, allowed));
        return default!;
    }
}
