using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FeedbackFlow.App.Layout;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>Whatever people type is data: on every page, in every letter, in both parts and in the subject.</summary>
public class HostileTextTests
{
    private const string Bidi = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    public static TheoryData<string, string> Everything
    {
        get
        {
            string[] hostile =
            [
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'onmouseover='alert(1)",
                "</textarea></title></style><script>alert(1)</script>",
                "Dana\r\nBcc: victim@example.com\r\n\r\nHello",
                "Dana\u2028Bcc: victim@example.com\u0085x\u000bx\0x",
                "\u202eנהכ הנד\u202d\u2066",
                "{by} {name} {0} {{who}} @Model {",
                "javascript:alert(1)",
                "=HYPERLINK(\"http://example.com\")",
                "&lt;b&gt; &amp;amp;",
                "😡\ud83d",
            ];
            var data = new TheoryData<string, string>();
            foreach (var text in hostile)
            {
                data.Add("he", text);
                data.Add("en", text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Pages_show_it_as_text(string language, string hostile)
    {
        var harmless = await EveryPage.RenderAsync(new Samples(language));
        foreach (var (name, html) in await EveryPage.RenderAsync(With(language, hostile)))
        {
            var page = Inert(html, name);
            Assert.Equal(page.QuerySelectorAll("form, input, textarea, button, h1").Length, Parse(harmless[name]).QuerySelectorAll("form, input, textarea, button, h1").Length);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Letters_show_it_as_text(string language, string hostile)
    {
        foreach (var (name, draft) in With(language, hostile).Letters)
        {
            var letter = await EveryPage.WriteAsync(draft);
            Inert(letter.Html, name);
            Assert.DoesNotContain(letter.Subject, c => char.IsControl(c) || c is '\u2028' or '\u2029' || Bidi.Contains(c, StringComparison.Ordinal));
            Assert.DoesNotContain(letter.FromName, c => char.IsControl(c) || Bidi.Contains(c, StringComparison.Ordinal));
            Assert.DoesNotContain(letter.Text, c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u2029' || Bidi.Contains(c, StringComparison.Ordinal));
            Assert.DoesNotContain(letter.Text.Split('\n'), line => line.StartsWith("Bcc:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_that_was_typed_is_lost()
    {
        const string typed = "<b>\"40 דקות\" & 'כלום'</b>";
        var samples = new Samples("he") { Text = typed };
        var form = Parse((await EveryPage.RenderAsync(samples))["form-errors"]);
        Assert.Equal(typed, ((IHtmlTextAreaElement)form.QuerySelector("textarea")!).Value);
        Assert.Contains(typed, Parse((await EveryPage.WriteAsync(samples.Alert)).Html).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("> " + typed, (await EveryPage.WriteAsync(samples.Alert)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_empty_line_survives_the_form()
    {
        var samples = new Samples("he");
        var page = await EveryPage.RenderAsync<App.Pages.Forms.FormPage>(new() { ["Model"] = samples.Form with { Values = samples.FormWithErrors.Values with { Text = "\n\nשלום" } } });
        Assert.Equal("\n\nשלום", ((IHtmlTextAreaElement)Parse(page).QuerySelector("textarea")!).Value);
    }

    [Fact]
    public void A_style_sheet_has_nothing_to_escape_from() => Assert.DoesNotContain("</", Styles.Sheet, StringComparison.Ordinal);

    private static Samples With(string language, string hostile) => new(language)
    {
        CustomerName = hostile,
        OwnerName = hostile,
        BusinessName = hostile,
        Text = hostile,
        Typed = hostile,
    };

    private static IDocument Inert(string html, string name)
    {
        var page = Parse(html);
        Assert.True(page.QuerySelector("script, img, object, embed, link, base, svg") is null, name);
        foreach (var element in page.All)
        {
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            var address = element.GetAttribute("href") ?? element.GetAttribute("action") ?? "";
            Assert.False(address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase), name);
        }

        // A turned direction ends where the element ends that holds it.
        foreach (var text in page.Body!.Descendants<IText>().Where(text => text.Data.Any(c => Bidi.Contains(c, StringComparison.Ordinal))))
        {
            Assert.True(text.ParentElement!.Closest("bdi, [dir=auto], pre, textarea, title") is not null, $"{name}: {text.Data} in <{text.ParentElement!.TagName}>");
        }

        return page;
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
