using System.Text;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Intake.Webhooks;
using FeedbackFlow.Pipeline.Intake.Webhooks.Formats;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.Tests.Intake.Webhooks;

/// <summary>What holds for every line of the table, so that a new format is tested by being added.</summary>
public class EveryFormatTests
{
    private static readonly DateTimeOffset Now = Deliveries.Monday;

    public static TheoryData<string> Names => [.. FormatTable.All.Select(format => format.Name)];

    [Fact]
    public void Names_are_fit_for_addresses_and_stand_once()
    {
        Assert.All(FormatTable.All, format => Assert.Matches("^[a-z][a-z-]{2,30}$", format.Name));
        Assert.Equal(FormatTable.All.Count, FormatTable.All.Select(format => format.Name).Distinct().Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_own_sample_is_genuine_and_can_be_read(string name)
    {
        var (format, source) = Made(name);
        var arrival = Deliveries.Sample(format, source, "sample-1", Now);
        if (format.Proof.HasSecrets) Assert.Equal(SignatureResult.Genuine, format.Check(arrival, source, Now));
        var (events, refusal) = format.Read(arrival, source);
        Assert.Null(refusal);
        var heard = Assert.Single(events);
        Assert.True(heard.Kind is HeardKind.Said or HeardKind.Notice, heard.Kind.ToString());
        if (heard.Submission is { } said) Assert.NotNull(SubmissionGate.Check(said).Submission);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_delivery_has_the_same_key_and_another_has_another(string name)
    {
        var (format, source) = Made(name);
        var first = KeyOf("sample-1");
        Assert.Equal(first, KeyOf("sample-1"));
        Assert.NotEqual(first, KeyOf("sample-2"));

        string KeyOf(string id) => Assert.Single(format.Read(Deliveries.Sample(format, source, id, Now), source).Events).Key;
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_a_secret_it_fails_closed(string name)
    {
        var (format, source) = Made(name);
        var arrival = Deliveries.Sample(format, source, "sample-1", Now).With("Authorization", "Bearer a.b.c");
        Assert.Equal(SignatureResult.MissingSecret, format.Check(arrival, source with { Secrets = [], Push = null }, Now));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_secret_of_its_own_making_is_one_it_would_take(string name)
    {
        var format = FormatTable.Find(name)!;
        if (!format.Proof.HasSecrets) return;
        Assert.Null(format.Proof.WrongSecret(format.Proof.NewSecret()));
        Assert.NotNull(format.Proof.WrongSecret("x"));
    }

    /// <summary>Whatever is sent, the format answers with events or a refusal, and what it calls a submission passes the gate.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Odd_input_is_read_or_refused_and_never_fails(string name)
    {
        var (format, source) = Made(name);
        var sample = Deliveries.Sample(format, source, "sample-1", Now);
        var random = new Random(20_260_105);
        for (var round = 0; round < 1_000; round++)
        {
            var arrival = sample with { Body = Mutations.Of(sample.Body.Span, random) };
            if (random.Next(20) == 0) arrival = arrival with { ContentType = "application/json" };
            var (events, refusal) = format.Read(arrival, source);
            Assert.True(refusal is not null || events.Count > 0 || arrival.Text().Contains("\"events\"", StringComparison.Ordinal));
            foreach (var heard in events)
            {
                Assert.NotNull(heard.Key);
                if (heard.Submission is { } said) Assert.Empty(SubmissionGate.Check(said).Problems);
                Assert.True(heard.Kind is not (HeardKind.Said or HeardKind.Edited) || heard.Submission is not null);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"a\":\"\ud83d\"}")]
    public void A_body_that_is_no_object_is_refused_by_every_JSON_format(string body)
    {
        foreach (var format in FormatTable.All.Where(format => format is JsonFormat or CloudEvents))
        {
            var arrival = Deliveries.Arrival(Encoding.UTF8.GetBytes(body));
            var refusal = format.Read(arrival, Made(format.Name).Source).Refusal;
            if (body.Length > 2 && body[0] == '{') continue;
            Assert.True(refusal?.Reason is RefusalReason.NotJson or RefusalReason.NotAnObject, format.Name);
        }
    }

    [Theory]
    [InlineData(0xC3, 0x28)]
    [InlineData(0xE7, 0xE8)]
    public void Bytes_that_are_not_UTF_8_are_refused_by_name(byte one, byte two)
    {
        byte[] body = [.. "{\"text\":\""u8, one, two, .. "\"}"u8];
        Assert.Equal(RefusalReason.NotUtf8, new GenericJson().Read(Deliveries.Arrival(body), Made("json").Source).Refusal?.Reason);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_sign_that_can_be_stored()
    {
        var heard = Assert.Single(new GenericJson().Read(Deliveries.Arrival("""{"text":"a\ud83d b\ude00 \ud83d\ude00 \\ud83d"}"""), Made("json").Source).Events);
        Assert.Equal("a\ufffd b\ufffd 😀 \\ud83d", heard.Submission!.Text);
    }

    private static (WebhookFormat Format, Source Source) Made(string name)
    {
        var format = FormatTable.Find(name)!;
        return (format, format.Proof.HasSecrets ? Deliveries.Source(name, format.Proof.NewSecret()) : Deliveries.Source(name));
    }
}
