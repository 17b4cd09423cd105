using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using FeedbackFlow.Adapters.Analysers;
using FeedbackFlow.Adapters.AzureRest.Language;
using FeedbackFlow.Pipeline.Ports;
using FeedbackFlow.Pipeline.Signals;
using FeedbackFlow.TestKit;
using Xunit;

namespace FeedbackFlow.ContractTests.AzureRest;

public sealed class LanguageTests
{
    private const string Api = "language/specification/cognitiveservices/data-plane/Language/stable/2023-04-01/analyzetext.json";
    private readonly DrivenClock clock = new(Shop.SundayMorning);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("The technician was bad", "en")]
    [InlineData("הטכנאי לא הגיע 😡", "he")]
    public async Task What_is_asked_and_answered_has_the_shape_of_the_official_description(string text, string language)
    {
        if (OpenApiFile.Missing is { } reason) Assert.Skip(reason);
        await using var service = await FakeService.StartAsync(FakeLanguage.Answer);
        await Analyser(service).ReadAsync(text, language, Ct);

        var (api, request) = (OpenApiFile.Read(Api), Assert.Single(service.Requests));
        Assert.Empty(api.Problems(request));
        Assert.Empty(api.AnswerProblems(request, 200, FakeLanguage.Answer(request).Body));
        // The check can fail.
        Assert.NotEmpty(api.Problems(request with { Body = request.Body.Replace("\"text\":", "\"txt\":", StringComparison.Ordinal) }));
        Assert.NotEmpty(api.Problems(request with { PathAndQuery = request.Path }));
    }

    [Fact]
    public async Task The_language_is_always_named_and_the_service_keeps_nothing()
    {
        await using var service = await FakeService.StartAsync(FakeLanguage.Answer);
        await Analyser(service).ReadAsync("שלום", "he", Ct);

        using var json = JsonDocument.Parse(Assert.Single(service.Requests).Body);
        Assert.Equal("he", json.RootElement.GetProperty("analysisInput").GetProperty("documents")[0].GetProperty("language").GetString());
        Assert.True(json.RootElement.GetProperty("parameters").GetProperty("loggingOptOut").GetBoolean());
        Assert.Equal("Utf16CodeUnit", json.RootElement.GetProperty("parameters").GetProperty("stringIndexType").GetString());
    }

    [Fact]
    public async Task Opinions_point_at_the_words_of_the_whole_text()
    {
        await using var service = await FakeService.StartAsync(FakeLanguage.Answer);
        // The second piece begins after 5,120 text elements, of which many are two units long.
        var text = string.Concat(Enumerable.Repeat("😀 ", 2_550)) + "Nothing yet. The technician was bad.";
        var tone = await Analyser(service).ReadAsync(text, "en", Ct);

        var opinion = Assert.Single(tone.Opinions);
        Assert.Equal(("technician", "bad", Sentiment.Negative), (opinion.Target.In(text), Assert.Single(opinion.Words).In(text), opinion.Sentiment));
        Assert.Equal("language/2022-11-01", tone.By);
        Assert.Equal(1, tone.Confidence.Positive + tone.Confidence.Neutral + tone.Confidence.Negative, 9);
    }

    [Fact]
    public async Task Praise_in_one_piece_and_complaint_in_another_is_mixed_and_each_weighs_by_its_length()
    {
        await using var service = await FakeService.StartAsync(FakeLanguage.Answer);
        var text = "good " + new string('a', 5_113) + ". " + "bad " + new string('b', 2_560);
        var tone = await Analyser(service).ReadAsync(text, "en", Ct);

        Assert.Equal(Sentiment.Mixed, tone.Sentiment);
        Assert.InRange(tone.Confidence.Positive, 0.6, 0.7);
        Assert.InRange(tone.Confidence.Negative, 0.3, 0.4);
    }

    [Fact]
    public async Task More_than_ten_pieces_go_in_several_requests()
    {
        await using var service = await FakeService.StartAsync(FakeLanguage.Answer);
        var text = string.Concat(Enumerable.Repeat(new string('x', 5_119) + " ", 12));
        await Analyser(service).ReadAsync(text, "en", Ct);

        Assert.Equal([10, 2], service.Requests.Select(Documents));
        await Assert.ThrowsAsync<ArgumentException>(() => Client(service).AnalyzeSentimentBatchAsync([.. Enumerable.Range(0, 11).Select(i => new TextDocumentInput($"{i}", "x", "en"))], ct: Ct));
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back_and_is_not_repeated_while_somebody_waits()
    {
        await using var service = await FakeService.StartAsync(_ => FakeAnswer.RetryAfter(429, 17));
        var failure = await Assert.ThrowsAsync<AnalyserUnavailableException>(() => Analyser(service).ReadAsync("secret words", "en", Ct));

        Assert.Equal(Shop.SundayMorning.AddSeconds(17), failure.NotBefore);
        Assert.Single(service.Requests);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied"}}""")]
    [InlineData(200, "<html>a proxy</html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"results":{"documents":[],"errors":[],"modelVersion":"1"}}""")]
    [InlineData(200, """{"results":{"documents":[{"id":"0","sentiment":"bored","confidenceScores":{"positive":1,"neutral":0,"negative":0},"sentences":[]}],"modelVersion":"1"}}""")]
    [InlineData(200, """{"results":{"documents":[{"id":"0","sentiment":"positive","confidenceScores":{"positive":0,"neutral":0,"negative":0},"sentences":[]}],"modelVersion":"1"}}""")]
    [InlineData(200, """{"results":{"documents":[],"errors":[{"id":"0","error":{"code":"InvalidArgument","message":"m","innererror":{"code":"InvalidDocument","message":"m"}}}],"modelVersion":"1"}}""")]
    public async Task Whatever_else_it_answers_means_that_it_did_not_read_the_text(int status, string body)
    {
        await using var service = await FakeService.StartAsync(_ => new(status, body));
        await Assert.ThrowsAsync<AnalyserUnavailableException>(() => Analyser(service).ReadAsync("words", "en", Ct));
    }

    [Fact]
    public async Task A_cut_connection_means_that_it_did_not_read_the_text()
    {
        await using var service = await FakeService.StartAsync(_ => new(200, "", Cut: true));
        await Assert.ThrowsAsync<AnalyserUnavailableException>(() => Analyser(service).ReadAsync("words", "en", Ct));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_let_go()
    {
        using var patience = new CancellationTokenSource();
        await using var service = await FakeService.StartAsync(_ =>
        {
            patience.Cancel();
            return new(200, "", Hangs: true);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Analyser(service).ReadAsync("words", "en", patience.Token));
    }

    [Fact]
    public async Task Entra_tokens_are_asked_for_with_the_scope_of_the_service()
    {
        var (credential, requests) = (new KnownToken(), new List<string>());
        var options = new TextAnalyticsClientOptions { Transport = new TeapotTransport(requests) };
        var client = new TextAnalyticsClient(new("https://name.cognitiveservices.azure.com/"), credential, options);
        await Assert.ThrowsAsync<RequestFailedException>(() => client.AnalyzeSentimentBatchAsync([new("1", "x", "en")], ct: Ct));

        Assert.Equal(["https://cognitiveservices.azure.com/.default"], credential.Scopes);
        Assert.Equal(["POST https://name.cognitiveservices.azure.com/language/:analyze-text?api-version=2023-04-01 Bearer known"], requests);
    }

    [Theory]
    [InlineData("One. Two! Three", 6, "One.| Two!| Three")]
    [InlineData("aaa bbb ccc", 5, "aaa |bbb |ccc")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2, "👨‍👩‍👧👨‍👩‍👧|👨‍👩‍👧")]
    [InlineData("שלום. מה שלומך?", 7, "שלום.| מה |שלומך?")]
    public void Texts_are_cut_after_sentences_then_words_and_never_inside_a_character(string text, int most, string pieces) =>
        Assert.Equal(pieces.Split('|'), TextPieces.Of(text, most).Select(piece => piece.In(text)));

    private LanguageAnalyser Analyser(FakeService service) => new(Client(service), clock);

    private static TextAnalyticsClient Client(FakeService service) => new(service.Address, new AzureKeyCredential("key"), new());

    private static int Documents(SentRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return json.RootElement.GetProperty("analysisInput").GetProperty("documents").GetArrayLength();
    }
}
