using System.Net;
using Xunit;

namespace FeedbackFlow.Tests.Cli;

public sealed class BackupTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_backup_made_while_the_server_runs_serves_elsewhere()
    {
        await using var server = await Served.StartAsync(folder, "--PublicUrl", "https://feedback.example.com");
        var key = await NorthAsync();
        using var answer = await server.SubmitAsync(key, new { rating = new { scale = "stars", value = 1 }, customer = new { phone = "+44 7700 900456" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        (await Ran.ToEndAsync(folder, "backup", "copy.db")).Expect(0);
        Assert.Contains("exists already", (await Ran.ToEndAsync(folder, "backup", "copy.db")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("Another FeedbackFlow server", (await Ran.ToEndAsync(folder, "restore", "copy.db", "--replace")).Expect(1).Error, StringComparison.Ordinal);

        (await Ran.ToEndAsync(folder, "restore", "copy.db", "--data", "other")).Expect(0);
        await using var other = await Served.StartAsync(folder, "--PublicUrl", "https://feedback.example.com", "--data", "other");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tasks?status=open") { Headers = { Authorization = new("Bearer", key) } };
        using var tasks = await other.Http.SendAsync(request);
        Assert.Contains("+447700900456", await tasks.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_holds_businesses_is_replaced_only_when_asked_and_kept_aside()
    {
        await NorthAsync();
        (await Ran.ToEndAsync(folder, "backup", "copy.db")).Expect(0);
        await AddAsync("south");
        Assert.Contains("--replace", (await Ran.ToEndAsync(folder, "restore", "copy.db")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("south", await ListAsync(), StringComparison.Ordinal);

        (await Ran.ToEndAsync(folder, "restore", "copy.db", "--replace")).Expect(0);
        Assert.DoesNotContain("south", await ListAsync(), StringComparison.Ordinal);

        (await Ran.ToEndAsync(folder, "restore", "data/feedbackflow.db.before-restore", "--replace")).Expect(0);
        Assert.Contains("south", await ListAsync(), StringComparison.Ordinal);
    }

    /// <summary>A server that was killed leaves commits in its log. They belong to the old store and to no other.</summary>
    [Fact]
    public async Task The_log_of_a_killed_server_stays_with_the_old_store()
    {
        await NorthAsync();
        (await Ran.ToEndAsync(folder, "backup", "copy.db")).Expect(0);
        await using (var server = await Served.StartAsync(folder, "--PublicUrl", "https://feedback.example.com"))
        {
            await AddAsync("south");
            Assert.True(new FileInfo(folder["data/feedbackflow.db-wal"]).Length > 0);
        }

        (await Ran.ToEndAsync(folder, "restore", "copy.db", "--replace")).Expect(0);
        Assert.False(File.Exists(folder["data/feedbackflow.db-wal"]));
        Assert.DoesNotContain("south", await ListAsync(), StringComparison.Ordinal);

        Directory.CreateDirectory(folder["old"]);
        foreach (var end in new[] { "", "-wal" }) File.Move(folder["data/feedbackflow.db.before-restore" + end], folder["old/feedbackflow.db" + end]);
        Assert.Contains("south", (await Ran.ToEndAsync(folder, "business", "list", "--data", "old")).Expect(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_before_anything_is_touched()
    {
        await NorthAsync();
        folder.Write("broken.db", new string('x', 4_096));
        folder.Write("empty.db", "");
        foreach (var file in new[] { "broken.db", "empty.db", "missing.db", "data/feedbackflow.db" })
            Assert.Contains(file, (await Ran.ToEndAsync(folder, "restore", file, "--replace")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("north", await ListAsync(), StringComparison.Ordinal);
        Assert.Contains("no store", (await Ran.ToEndAsync(folder, "backup", "x.db", "--data", "elsewhere")).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("no folder", (await Ran.ToEndAsync(folder, "backup", "nowhere/x.db")).Expect(1).Error, StringComparison.Ordinal);
    }

    private async Task<string> NorthAsync()
    {
        await AddAsync("north");
        (await Ran.ToEndAsync(folder, "person", "add", "north", "--name", "Sam", "--email", "sam@north.example", "--role", "manager")).Expect(0);
        return (await Ran.ToEndAsync(folder, "key", "add", "north", "--label", "x")).Expect(0).Lines[0];
    }

    private async Task AddAsync(string slug) =>
        (await Ran.ToEndAsync(folder, "business", "add", slug, "--name", slug, "--language", "en", "--zone", "Europe/London")).Expect(0);

    private async Task<string> ListAsync() => (await Ran.ToEndAsync(folder, "business", "list")).Expect(0).Out;
}
