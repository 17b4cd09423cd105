namespace FeedbackFlow.App.Letters.Parts;

/// <summary>Inline styles: many mail programs read nothing else. Colours are set in pairs, so that a dark mode cannot part them.</summary>
public static class Look
{
    public const string Font = "font-family:Arial,'Segoe UI','Noto Sans Hebrew',sans-serif;";
    public const string Ink = "color:#18262e;";
    public const string Soft = "color:#51606a;";
    public const string Link = "color:#0a6259;text-decoration:underline;";
    public const string Mark = "background-color:#ffe08a;color:#241a00;padding:1px 0;border-radius:3px;";
    public const string Wash = "background-color:#e4f1ee;color:#18262e;";
    public const string LateWash = "background-color:#fdebe9;color:#8c1b16;";
    public const string WarnWash = "background-color:#fff2d6;color:#5f3a00;";

    public const string Body = Font + Ink + "font-size:17px;line-height:27px;";
    public const string Small = Font + Soft + "font-size:14px;line-height:22px;";
    public const string Heading = Font + Ink + "font-size:24px;line-height:32px;font-weight:bold;margin:0;";
    public const string Caption = Font + Soft + "font-size:15px;line-height:22px;margin:0;";
    public const string When = Font + "font-size:21px;line-height:29px;font-weight:bold;margin:0;";

    /// <summary>Somebody's own words: a line at the side on which reading begins.</summary>
    public static string QuoteOn(string direction) =>
        $"background-color:#f4f6f5;color:#18262e;border-radius:6px;border-{(direction == "rtl" ? "right" : "left")}:4px solid #0a6259;";

    /// <summary>Where styles are read from a sheet: dark colours, and taps one below the other on a phone.</summary>
    public const string Sheet =
        """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        .number{white-space:nowrap}
        @media (prefers-color-scheme:dark){
        .ff-ground{background-color:#10181c!important}
        .ff-card{background-color:#182228!important;border-left-color:#2e3b42!important;border-right-color:#2e3b42!important;border-bottom-color:#2e3b42!important}
        .ff-line{border-color:#2e3b42!important}
        .ff-ink{color:#e8eef0!important}
        .ff-soft{color:#a9b7bd!important}
        .ff-ink a,.ff-wash a,.ff-link{color:#6fd0c2!important}
        a.ff-quiet-text{color:#e8eef0!important}
        a.ff-main-text{color:#ffffff!important}
        .ff-wash{background-color:#17332f!important;color:#e8eef0!important}
        .ff-quote{background-color:#10181c!important;color:#e8eef0!important}
        .ff-late{background-color:#3b1c1a!important;color:#ffb3ac!important}
        .ff-warn{background-color:#35280f!important;color:#f2c572!important}
        .ff-quiet{background-color:#182228!important;border-color:#7f8f98!important;color:#e8eef0!important}
        }
        """;
}
