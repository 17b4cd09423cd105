using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FeedbackFlow.App;
using Xunit;

namespace FeedbackFlow.Tests.Pages;

/// <summary>What every page and every letter keeps: language, direction, names of fields, nothing from elsewhere.</summary>
public class MarkupTests
{
    [Theory]
    [InlineData("he", "rtl")]
    [InlineData("en", "ltr")]
    public async Task Pages_say_their_language_and_direction(string language, string direction)
    {
        await ForEveryPage(language, (name, page) =>
        {
            Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
            Assert.False(string.IsNullOrWhiteSpace(page.Title), name);
            Assert.True(page.QuerySelectorAll("h1").Length == 1, $"{name} has not one h1");
            Assert.True(page.QuerySelectorAll("main").Length == 1, name);
        });
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Every_control_has_a_label(string language)
    {
        await ForEveryPage(language, (name, page) =>
        {
            foreach (var control in page.QuerySelectorAll("input:not([type=hidden]), textarea, select"))
            {
                var label = page.QuerySelectorAll("label").SingleOrDefault(label => label.GetAttribute("for") == control.Id);
                Assert.True(label is not null && !string.IsNullOrWhiteSpace(label.TextContent), $"{name}: {control.OuterHtml}");
            }

            foreach (var group in page.QuerySelectorAll("fieldset")) Assert.False(string.IsNullOrWhiteSpace(group.QuerySelector("legend")?.TextContent), name);
            foreach (var button in page.QuerySelectorAll("button, a")) Assert.False(string.IsNullOrWhiteSpace(button.TextContent), $"{name}: {button.OuterHtml}");
        });
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Ids_are_unique_and_every_reference_leads_somewhere(string language)
    {
        await ForEveryPage(language, (name, page) =>
        {
            var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
            Assert.Equal(ids.Distinct(), ids);
            foreach (var link in page.QuerySelectorAll("a[href^='#']")) Assert.Contains(link.GetAttribute("href")![1..], ids);
            foreach (var described in page.QuerySelectorAll("[aria-describedby], [aria-labelledby]"))
            {
                var references = (described.GetAttribute("aria-describedby") ?? described.GetAttribute("aria-labelledby"))!.Split(' ');
                Assert.All(references, reference => Assert.True(ids.Contains(reference), $"{name}: {reference}"));
            }
        });
    }

    /// <summary>One answer is the whole page: no files, no fonts, no scripts, and no style attributes, so that a strict policy can hold.</summary>
    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task Pages_need_nothing_from_elsewhere(string language)
    {
        await ForEveryPage(language, (name, page) =>
        {
            Assert.Null(page.QuerySelector("script, link, img, [src], [style], [onclick]"));
            foreach (var form in page.QuerySelectorAll("form")) Assert.Equal("post", form.GetAttribute("method"));
        });
    }

    [Theory]
    [InlineData("he")]
    [InlineData("en")]
    public async Task A_score_is_spoken_in_full(string language)
    {
        var page = Parse((await EveryPage.RenderAsync(new Samples(language)))["form"]);
        var spoken = page.QuerySelectorAll("input[name=score]").Select(input => page.QuerySelector($"label[for={input.Id}] .hidden")!.TextContent).ToList();
        Assert.Equal(
            language == "he" ? ["1 מתוך 5, גרוע", "2 מתוך 5", "3 מתוך 5", "4 מתוך 5", "5 מתוך 5, מצוין"] : ["1 of 5, poor", "2 of 5", "3 of 5", "4 of 5", "5 of 5, excellent"],
            spoken.Select(Plain.Line));
        Assert.Equal(["1", "2", "3", "4", "5"], page.QuerySelectorAll("input[name=score]").Select(input => input.GetAttribute("value")));
    }

    [Theory]
    [InlineData("he", "rtl")]
    [InlineData("en", "ltr")]
    public async Task Letters_say_direction_and_language_in_every_cell(string language, string direction)
    {
        foreach (var (name, draft) in new Samples(language).Letters)
        {
            var letter = Parse((await EveryPage.WriteAsync(draft)).Html);
            foreach (var element in letter.QuerySelectorAll("html, td").Concat([letter.DocumentElement]))
            {
                Assert.True(element.GetAttribute("dir") == direction && element.GetAttribute("lang") == language, $"{name}: {element.OuterHtml}");
            }

            Assert.Null(letter.QuerySelector("script, link, img, [src], form"));
            foreach (var number in letter.QuerySelectorAll("a[href^='tel:'], a[href^='mailto:']")) Assert.NotNull(number.QuerySelector("bdi[dir=ltr]"));
        }
    }

    [Fact]
    public async Task The_board_marks_the_tab_it_shows()
    {
        var page = Parse((await EveryPage.RenderAsync(new Samples("he")))["board"]);
        Assert.Equal(Words.For("he")["manage.open"], Assert.Single(page.QuerySelectorAll("[aria-current=page]")).TextContent.Trim());
    }

    [Fact]
    public async Task A_letter_is_shown_in_a_frame_in_which_no_script_runs()
    {
        var html = await EveryPage.RenderAsync<App.Pages.Development.LetterPage>(
            new() { ["Model"] = new Samples("he").LetterPage(await EveryPage.WriteAsync(new Samples("he").Alert)) });
        var frame = Parse(html).QuerySelector("iframe")!;
        Assert.Equal("allow-popups allow-popups-to-escape-sandbox", frame.GetAttribute("sandbox"));
        Assert.NotNull(Parse(frame.GetAttribute("srcdoc")!).QuerySelector("mark"));
    }

    private static async Task ForEveryPage(string language, Action<string, IDocument> check)
    {
        foreach (var (name, html) in await EveryPage.RenderAsync(new Samples(language)))
        {
            Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
            check(name, Parse(html));
        }
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
