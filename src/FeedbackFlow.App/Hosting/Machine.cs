using System.Globalization;

namespace FeedbackFlow.App.Hosting;

/// <summary>What the program needs of the machine, checked at start.</summary>
internal static class Machine
{
    /// <summary>Without ICU, upper and lower case and sorting of Hebrew and names would silently differ.</summary>
    public static void Check()
    {
        try
        {
            if (CultureInfo.GetCultureInfo("he").EnglishName.StartsWith("Hebrew", StringComparison.Ordinal)) return;
        }
        catch (CultureNotFoundException)
        {
            // Told below, in words that say what to do.
        }

        throw new WrongSettingException("ICU", null, "Install the ICU libraries (Debian: apt-get install libicu72) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }
}
