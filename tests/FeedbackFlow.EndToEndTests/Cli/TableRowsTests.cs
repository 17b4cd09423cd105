using FeedbackFlow.App.Cli.Reading;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public class TableRowsTests
{
    [Fact]
    public void Quoted_fields_hold_commas_quotes_and_lines_as_they_are()
    {
        var rows = Csv("id,text\n1,\"a, b\"\n2,\"say \"\"no\"\"\"\n3,\"two\r\nlines\"\n4,end");
        Assert.Equal(["a, b", "say \"no\"", "two\r\nlines", "end"], rows.Select(row => row.Text));
        Assert.Equal([2, 3, 4, 6], rows.Select(row => row.Line));
    }

    [Fact]
    public void A_quote_inside_a_Hebrew_abbreviation_is_a_letter_like_others() =>
        Assert.Equal(["שילמתי 200 ש\"ח", "ח\"כ לשעבר"], Csv("text,id\nשילמתי 200 ש\"ח,1\nח\"כ לשעבר,2\n").Select(row => row.Text));

    [Fact]
    public void A_quote_that_is_never_closed_spoils_its_own_row_only()
    {
        var many = string.Concat(Enumerable.Repeat("fine,1\n", 40_000));
        var rows = Csv("text,id\n\"open,0\n" + many);
        Assert.Equal(40_001, rows.Count);
        Assert.Equal((2, true), (rows[0].Line, rows[0].Problem!.Contains("never closed", StringComparison.Ordinal)));
        Assert.All(rows.Skip(1), row => Assert.Equal("fine", row.Text));
        Assert.Equal(["fine", "fine"], Csv("text,id\nfine,1\n\"open,0\nfine,2").Where(row => row.Problem is null).Select(row => row.Text));
    }

    [Fact]
    public void Blank_lines_are_no_rows_and_semicolons_may_divide() =>
        Assert.Equal(["a", "b"], Csv("\nid;text\n\n1;a\n   \n2;b\n\n").Select(row => row.Text));

    [Fact]
    public void Too_many_fields_and_a_missing_text_are_told()
    {
        var rows = Csv("id,text,more\n1,a,b,\n2,a,b,c\n3\n4,x\n");
        Assert.Equal([false, true, true, false], rows.Select(row => row.Problem is not null));
        Assert.Equal(["1", "2", "3", "4"], rows.Select(row => row.Id!.GetValue<string>()));
    }

    [Fact]
    public void A_rating_needs_both_columns()
    {
        var rated = Csv("text,scale,value\na,stars,5\nb,,\nc,nps,x\n");
        Assert.Equal([("stars", 5), (null, null), (null, null)], rated.Select(row => (row.Scale, row.Score)));
        Assert.NotNull(rated[2].Problem);
        Assert.Equal((null, null), Csv("text,value\na,5\n").Select(row => (row.Scale, row.Score)).Single());
    }

    [Fact]
    public void In_tabs_a_row_is_a_line_and_quotes_are_letters_unless_they_enclose_the_field() =>
        Assert.Equal(
            ["\"open", "a \"b\" c", "whole", "say \"no\"", "\"a\" and \"b\""],
            Tsv("text\tid\n\"open\t1\na \"b\" c\t2\n\"whole\"\t3\n\"say \"\"no\"\"\"\t4\n\"a\" and \"b\"\t5\n").Select(row => row.Text));

    [Fact]
    public void A_row_without_end_is_passed_over_and_the_next_is_read()
    {
        var rows = Tsv("text\n" + new string('x', 300_000) + "\nfine\n");
        Assert.Equal([true, false], rows.Select(row => row.Problem is not null));
    }

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\rb\r")]
    [InlineData("a\r\nb")]
    public void Lines_end_in_any_way(string text)
    {
        var lines = new SourceLines(new StringReader(text));
        Assert.Equal(("a", "b", null), (lines.Read()?.Text, lines.Read()?.Text, lines.Read()?.Text));
    }

    private static List<SourceRow> Csv(string text) => [.. TableRows.Read(new(new StringReader(text)), tabs: false, "text")];

    private static List<SourceRow> Tsv(string text) => [.. TableRows.Read(new(new StringReader(text)), tabs: true, "text")];
}
