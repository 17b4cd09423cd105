namespace FeedbackFlow.Adapters.Storage;

/// <summary>How long a text is inside a JSON string, with letters left as they are and only what must be escaped escaped.</summary>
internal static class JsonText
{
    /// <summary>UTF-8 bytes of the escaped text, within a few for rare signs. False when a surrogate stands alone: such a text would not come back as it was.</summary>
    public static bool TryMeasure(ReadOnlySpan<char> text, out long bytes)
    {
        bytes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                // The framework's encoders write what needs a pair as two escapes of six.
                i++;
                bytes += 12;
                continue;
            }

            bytes += c switch
            {
                '"' or '\\' => 2,
                < ' ' => 6,
                < '\u0080' => 1,
                < '\u0800' => 2,
                _ => 3,
            };
        }

        return true;
    }
}
