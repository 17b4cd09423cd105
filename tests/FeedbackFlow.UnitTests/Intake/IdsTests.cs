using System.Text.Json;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake;

public class IdsTests
{
    [Fact]
    public void Ids_sort_by_the_time_they_were_made()
    {
        var moments = Enumerable.Range(0, 200).Select(second => A.Now.AddMilliseconds(second * 7_919L));
        var ids = moments.Select(at => NewId.At<FeedbackId>(at).Value).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Ids_of_one_moment_differ() => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => NewId.At<TaskId>(A.Now)).Distinct().Count());

    [Fact]
    public void A_new_id_is_32_lower_case_hexadecimal_digits_and_well_formed()
    {
        var id = NewId.At<LetterId>(A.Now);
        Assert.Matches("^[0-9a-f]{32}$", id.Value);
        Assert.True(NewId.IsWellFormed(id.Value));
        Assert.Equal(id.Value, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0193f0b0-1c7d-7000-8000-000000000000")]
    [InlineData("{0193f0b01c7d70008000000000000000}")]
    [InlineData("0193f0b01c7d7000800000000000000")]
    [InlineData("0193f0b01c7d700080000000000000000")]
    [InlineData("0193f0b01c7d7000800000000000000g")]
    [InlineData("0193f0b01c7d7000800000000000000\u0665")]
    public void What_is_not_32_hexadecimal_digits_is_no_id(string? value) => Assert.False(NewId.IsWellFormed(value));

    /// <summary>An id becomes a row key as it stands: a space or a line feed at its end would be another row, or none that a store can hold.</summary>
    [Theory]
    [InlineData("0193f0b01c7d70008000000000000000\n")]
    [InlineData("0193f0b01c7d70008000000000000000 ")]
    [InlineData("\t0193f0b01c7d70008000000000000000")]
    [InlineData("0193F0B01C7D70008000000000000000")]
    public void Nothing_that_merely_reads_like_an_id_is_one(string value) => Assert.False(NewId.IsWellFormed(value));

    [Fact]
    public void Ids_are_plain_strings_in_JSON()
    {
        var made = (A.Id<FeedbackId>(1), A.Id<TaskId>(2), A.Id<LetterId>(3), A.Id<CustomerId>(4), A.Id<JobId>(5), A.Id<PersonId>(6));
        var options = new JsonSerializerOptions { IncludeFields = true };
        var text = JsonSerializer.Serialize(made, options);
        Assert.Contains("\"00000000000000000000000000000001\"", text, StringComparison.Ordinal);
        Assert.Equal(made, JsonSerializer.Deserialize<(FeedbackId, TaskId, LetterId, CustomerId, JobId, PersonId)>(text, options));
    }

    [Fact]
    public void A_null_in_JSON_is_not_taken_for_an_id() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<List<TaskId>>("[null]"));
}
