using System.Net;
using System.Runtime.InteropServices;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public sealed class ServeTests : IDisposable
{
    private static readonly string[] Development = ["--environment", "Development"];
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task A_server_that_is_told_to_stop_ends_well_and_in_silence(PosixSignal signal)
    {
        await using var server = await Served.StartAsync(folder, Development);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/mailbox")).StatusCode);
        server.Run.Signal(signal);
        var ended = (await server.Run.EndAsync()).Expect(0);
        Assert.Equal("", ended.Error);
        Assert.Equal(4, ended.Lines.Length);
    }

    [Fact]
    public async Task What_was_accepted_is_sent_before_the_server_stops()
    {
        await using var server = await Served.StartAsync(folder, Development);
        var submitted = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            server.SubmitAsync("demo", new { rating = new { scale = "stars", value = 1 }, text = "לא עונים לי", customer = new { phone = $"05412345{i:00}" } })));
        server.Run.Signal(PosixSignal.SIGTERM);
        Assert.All(submitted, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        (await server.Run.EndAsync()).Expect(0);
        Assert.Equal(20, Directory.GetFiles(folder["data/mail"], "*.eml").Length);
    }

    [Fact]
    public async Task A_second_server_on_the_folder_and_another_on_the_port_are_refused_in_one_line()
    {
        await using var server = await Served.StartAsync(folder, Development);
        var sameFolder = (await Ran.ToEndAsync(folder, [.. Development, "--urls", $"http://127.0.0.1:{Served.FreePort()}"])).Expect(1);
        Assert.Contains("Another FeedbackFlow server", sameFolder.Error, StringComparison.Ordinal);
        Assert.Contains("--data", sameFolder.Error, StringComparison.Ordinal);

        var samePort = (await Ran.ToEndAsync(folder, [.. Development, "--urls", server.Http.BaseAddress!.ToString(), "--data", "other"])).Expect(1);
        Assert.Contains("--urls", samePort.Error, StringComparison.Ordinal);
        Assert.All([sameFolder, samePort], ended => Assert.Equal((1, ""), (ended.Error.Trim().Split('\n').Length, ended.Out)));
    }

    [Fact]
    public async Task In_production_nothing_starts_without_PublicUrl()
    {
        var ended = (await Ran.ToEndAsync(folder)).Expect(2);
        Assert.StartsWith("Setting PublicUrl is missing.", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public async Task In_production_there_is_no_demo_business_and_no_mailbox()
    {
        await using var server = await Served.StartAsync(folder, "--publicurl", "https://feedback.example.com");
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/mailbox")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/b/demo")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SubmitAsync("demo", new { text = "x" })).StatusCode);
    }

    [Theory]
    [InlineData("Smtp:Port", "--Smtp:Host", "mail.example.com", "--Smtp:From", "a@example.com", "--Smtp:Port", "99999")]
    [InlineData("Smtp:From", "--Smtp:Host", "mail.example.com")]
    [InlineData("Proxies", "--Proxies", "proxy.example.com")]
    [InlineData("urls", "--urls", "nowhere")]
    [InlineData("--Smtp:Host", "--Smtp:Host")]
    [InlineData("'--dat'", "--dat", "x")]
    [InlineData("'serv'", "serv")]
    public async Task A_wrong_setting_is_named(string name, params string[] args)
    {
        var ended = (await Ran.ToEndAsync(folder, [.. Development, .. args])).Expect(2);
        Assert.Contains(name, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var ended = (await Ran.ToEndAsync(folder, [.. Development, "--data", folder.Write("a-file", "") + "/data"])).Expect(1);
        Assert.Contains("a-file", Assert.Single(ended.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programs_file_is_left_alone()
    {
        Directory.CreateDirectory(folder["data"]);
        var file = folder.Write("data/feedbackflow.db", "not a store, and long enough to be looked at: " + new string('x', 4_096));
        var ended = (await Ran.ToEndAsync(folder, Development)).Expect(1);
        Assert.Contains("is not a FeedbackFlow store", ended.Error, StringComparison.Ordinal);
        Assert.StartsWith("not a store", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_every_command()
    {
        var ended = (await Ran.ToEndAsync(folder, "--help")).Expect(0);
        Assert.All(["business", "person", "key", "link", "backup", "restore", "read", "demo", "--urls", "--PublicUrl", "--data"], name => Assert.Contains(name, ended.Out, StringComparison.Ordinal));
    }
}
