using System.Text;
using System.Text.RegularExpressions;

namespace FeedbackFlow.ContractTests.Infra;

/// <summary>
/// A Bicep file as far as a test without a compiler can read it: declarations, and which names are used where. Comments and texts are taken out first; what stands in
/// <c>${…}</c> inside a text stays, because it is code.
/// </summary>
internal sealed partial class BicepFile
{
    private static readonly HashSet<string> Known =
    [
        // Words of the language and its functions, as far as these files use them.
        "true", "false", "null", "for", "in", "if", "existing", "targetScope", "param", "var", "resource", "module", "output", "string", "int", "bool", "object", "array",
        "description", "allowed", "minValue", "maxValue", "minLength", "maxLength",
        "empty", "filter", "guid", "length", "replace", "resourceGroup", "resourceId", "split", "string", "subscription", "subscriptionResourceId", "take", "tenant", "toLower", "toObject", "union", "uniqueString", "utcNow",
    ];

    public BicepFile(string path)
    {
        Path = path;
        Source = File.ReadAllText(path);
        Code = CodeOf(Source);
        foreach (Match match in Declaration().Matches(Code)) Declared.Add((match.Groups["kind"].Value, match.Groups["name"].Value));
        LoopNames = [.. Loop().Matches(Code).Concat(Lambda().Matches(Code)).Select(match => match.Groups["name"].Value)];
    }

    public string Path { get; }

    public string Source { get; }

    /// <summary>Without comments and texts.</summary>
    public string Code { get; }

    public List<(string Kind, string Name)> Declared { get; } = [];

    private HashSet<string> LoopNames { get; }

    public IEnumerable<string> Names(string kind) => Declared.Where(one => one.Kind == kind).Select(one => one.Name);

    /// <summary>Parameters with whether they have a default.</summary>
    public IReadOnlyDictionary<string, bool> Parameters => Parameter().Matches(Code).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["default"].Success);

    /// <summary>Types with API versions, such as <c>Microsoft.Web/sites@2024-11-01</c>.</summary>
    public IEnumerable<string> Types => ResourceType().Matches(Source).Select(match => match.Groups["type"].Value);

    /// <summary>Modules with the file they are in and the names they are given.</summary>
    public IEnumerable<(string Name, string File, IReadOnlyList<string> Given)> Modules
    {
        get
        {
            foreach (Match match in Module().Matches(Source))
            {
                var body = Block(Source, Source.IndexOf('{', match.Index));
                var at = body.IndexOf("params:", StringComparison.Ordinal);
                var given = at < 0 ? "" : Block(body, body.IndexOf('{', at));
                yield return (match.Groups["name"].Value, match.Groups["file"].Value, [.. Keys(CodeOf(given))]);
            }
        }
    }

    /// <summary>Outputs of modules that are used, as <c>module.output</c>.</summary>
    public IEnumerable<(string Module, string Output)> OutputsUsed => ModuleOutput().Matches(Code).Select(match => (match.Groups["module"].Value, match.Groups["output"].Value));

    /// <summary>How often a name is used outside its declaration.</summary>
    public int Uses(string name) => References().Count(one => one == name);

    /// <summary>Names that stand for nothing.</summary>
    public IEnumerable<string> Unknown() => References().Where(name => !Known.Contains(name) && !LoopNames.Contains(name) && Declared.All(one => one.Name != name)).Distinct();

    public bool IsBalanced() => new[] { ('{', '}'), ('[', ']'), ('(', ')') }.All(pair => Code.Count(c => c == pair.Item1) == Code.Count(c => c == pair.Item2));

    /// <summary>Identifiers that are no keys of objects, no properties of something, and no declarations.</summary>
    private IEnumerable<string> References()
    {
        foreach (Match match in Identifier().Matches(Code))
        {
            var (before, after) = (Code[..match.Index].TrimEnd(' '), Code[(match.Index + match.Length)..].TrimStart(' '));
            if (before.EndsWith('.') || before.EndsWith("::", StringComparison.Ordinal) || before.EndsWith('@')) continue;
            if (DeclarationWord().IsMatch(before)) continue;
            // A key; the other part of "a ? b : c" is never directly before its colon without a space in these files.
            if (!before.EndsWith(" in", StringComparison.Ordinal) && Code.AsSpan(match.Index + match.Length).StartsWith(":") && !Code.AsSpan(match.Index + match.Length).StartsWith("::") && !after.StartsWith("::", StringComparison.Ordinal)) continue;
            yield return match.Value;
        }
    }

    private static IEnumerable<string> Keys(string code)
    {
        var depth = 0;
        foreach (Match match in Regex.Matches(code, @"[{}\[\]()]|(?<key>\b\w+):"))
        {
            if (match.Groups["key"].Success)
            {
                if (depth == 1) yield return match.Groups["key"].Value;
            }
            else
            {
                depth += match.Value is "{" or "[" or "(" ? 1 : -1;
            }
        }
    }

    /// <summary>From a brace to the one that closes it.</summary>
    private static string Block(string text, int start)
    {
        var depth = 0;
        for (var at = start; at < text.Length; at++)
        {
            depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0) return text[start..(at + 1)];
        }

        throw new FormatException("A brace is not closed.");
    }

    private static string CodeOf(string source)
    {
        var code = new StringBuilder();
        for (var at = 0; at < source.Length; at++)
        {
            if (source.AsSpan(at).StartsWith("//")) at = source.IndexOf('\n', at) - 1;
            else if (source[at] == '\'') at = Text(source, at, code);
            else code.Append(source[at]);
        }

        return code.ToString();
    }

    /// <summary>Leaves of a text only its <c>${…}</c>, in parentheses. Gives the place of the closing quote.</summary>
    private static int Text(string source, int start, StringBuilder code)
    {
        code.Append("( ");
        for (var at = start + 1; ; at++)
        {
            if (source[at] == '\\')
            {
                at++;
            }
            else if (source[at] == '\'')
            {
                code.Append(" )");
                return at;
            }
            else if (source.AsSpan(at).StartsWith("${"))
            {
                var end = source.IndexOf('}', at);
                code.Append("( ").Append(CodeOf(source[(at + 2)..end])).Append(" ) ");
                at = end;
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<kind>param|var|resource|module|output)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(param|var|resource|module|output|for)$")]
    private static partial Regex DeclarationWord();

    [GeneratedRegex(@"^\s*param\s+(?<name>\w+)\s+\w+(\[\])?(?<default>\s*=)?", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bfor\s+(?<name>\w+)\s+in\b")]
    private static partial Regex Loop();

    [GeneratedRegex(@"\b(?<name>\w+)\s*=>")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"'(?<type>Microsoft\.[\w.]+(/\w+)+@[^']+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^module\s+(?<name>\w+)\s+'(?<file>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"\b(?<module>\w+)\.outputs\.(?<output>\w+)")]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(@"(?<![\w'])[A-Za-z_]\w*")]
    private static partial Regex Identifier();
}
