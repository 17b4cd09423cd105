using System.Text;

namespace FeedbackFlow.Pipeline.Intake;

/// <summary>
/// Phone numbers to and from E.164. Numbers without a country are taken as Israeli (trunk prefix 0, country 972; numbering plan of the
/// Israeli Ministry of Communications); others must begin with + or 00 and have 7 to 15 digits (ITU-T E.164, 6.2.1).
/// </summary>
public static class PhoneNumber
{
    /// <summary>Null when the text is no phone number.</summary>
    public static string? Normalise(string text)
    {
        var digits = new StringBuilder();
        var international = false;
        foreach (var c in text.Trim())
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (c == '+' && digits.Length == 0) international = true;
            else if (!IsSeparator(c)) return null;
        }

        var number = digits.ToString();
        if (!international && number.StartsWith("00", StringComparison.Ordinal)) (international, number) = (true, number[2..]);
        if (international) return International(number);
        if (number.StartsWith('0') && number.Length is 9 or 10) return International("972" + number[1..]);
        return number.StartsWith("972", StringComparison.Ordinal) ? International(number) : null;
    }

    /// <summary>As people of the country write it: +972541234567 becomes 054-123-4567.</summary>
    public static string Display(string e164)
    {
        if (!e164.StartsWith("+972", StringComparison.Ordinal)) return e164;
        var local = "0" + e164[4..];
        return local.Length switch
        {
            10 => $"{local[..3]}-{local[3..6]}-{local[6..]}",
            9 => $"{local[..2]}-{local[2..5]}-{local[5..]}",
            _ => local,
        };
    }

    /// <summary>The address that opens a WhatsApp conversation (faq.whatsapp.com, "click to chat": digits only, no plus).</summary>
    public static string WhatsApp(string e164) => "https://wa.me/" + e164.TrimStart('+');

    private static string? International(string digits)
    {
        // +972 054… is a common slip: the trunk zero stays in front.
        if (digits.StartsWith("9720", StringComparison.Ordinal)) digits = "972" + digits[4..];
        return digits.Length is >= 7 and <= 15 && digits[0] != '0' && HasAllDigits(digits) ? "+" + digits : null;
    }

    /// <summary>A digit forgotten or typed twice is the commonest slip, and only the customer can mend it: an Israeli number has the length of its kind.</summary>
    private static bool HasAllDigits(string digits) => !digits.StartsWith("972", StringComparison.Ordinal) || digits.ElementAtOrDefault(3) switch
    {
        '5' or '7' => digits.Length == 12,
        '2' or '3' or '4' or '8' or '9' => digits.Length == 11,
        _ => true,
    };

    private static bool IsSeparator(char c) =>
        c is ' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0' or '\u2010' or '\u2011' or '\u2013' or '\u05be' || PlainText.IsInvisibleMark(c);
}
