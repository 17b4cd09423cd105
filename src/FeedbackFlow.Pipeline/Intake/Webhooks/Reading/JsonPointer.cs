using System.Globalization;
using System.Text.Json;

namespace FeedbackFlow.Pipeline.Intake.Webhooks.Reading;

/// <summary>JSON Pointer (RFC 6901): <c>/customer/name</c>, <c>/answers/0/text</c>; <c>~1</c> is a slash and <c>~0</c> a tilde inside a name.</summary>
public static class JsonPointer
{
    public const int Longest = 300;

    /// <summary>Empty, or names that each begin with a slash; a tilde is followed by 0 or 1.</summary>
    public static bool IsWellFormed(string pointer)
    {
        if (pointer.Length > Longest || (pointer.Length > 0 && pointer[0] != '/')) return false;
        for (var i = 0; i < pointer.Length; i++)
        {
            if (pointer[i] == '~' && (i + 1 == pointer.Length || pointer[i + 1] is not ('0' or '1'))) return false;
        }

        return true;
    }

    /// <summary>The value the pointer names; undefined where there is none.</summary>
    public static JsonElement Find(JsonElement root, string pointer)
    {
        if (!IsWellFormed(pointer)) return default;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            root = root.ValueKind == JsonValueKind.Array ? Item(root, name) : root.At(name);
        }

        return root;
    }

    /// <summary>Digits without a leading zero (RFC 6901, 4).</summary>
    private static JsonElement Item(JsonElement array, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.GetArrayLength() && (name.Length == 1 || name[0] != '0') ? array[index] : default;
}
