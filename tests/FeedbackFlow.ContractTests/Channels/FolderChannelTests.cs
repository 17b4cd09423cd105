using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.Pipeline.Outbox;
using Xunit;

namespace FeedbackFlow.ContractTests.Channels;

public sealed class FolderChannelTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_letter_is_one_file_named_by_its_id()
    {
        var letter = Letters.To("manager@demo.example");

        Assert.Equal(Delivery.Sent, await Channel().SendAsync(letter, CancellationToken.None));

        LetterOnTheWire.IsRight(letter, "feedbackflow.invalid", await File.ReadAllBytesAsync(FileOf(letter)));
        Assert.Equal([FileOf(letter)], Directory.GetFileSystemEntries(Mail));
    }

    [Fact]
    public async Task The_same_letter_twice_has_one_effect()
    {
        var letter = Letters.To("manager@demo.example");
        await Channel().SendAsync(letter, CancellationToken.None);
        var first = File.GetLastWriteTimeUtc(FileOf(letter));

        Assert.Equal(Delivery.Sent, await Channel().SendAsync(letter with { Subject = "other" }, CancellationToken.None));

        Assert.Equal(first, File.GetLastWriteTimeUtc(FileOf(letter)));
        Assert.Single(Directory.GetFileSystemEntries(Mail));
    }

    [Fact]
    public async Task What_a_dead_process_left_half_written_is_no_letter_and_in_nobodys_way()
    {
        var letter = Letters.To("manager@demo.example");
        var channel = Channel();
        var aside = Directory.CreateDirectory(Path.Combine(Mail, "." + letter.Id));
        await File.WriteAllTextAsync(Path.Combine(aside.FullName, "half.eml"), "Subject: ha");

        Assert.Equal(Delivery.Sent, await channel.SendAsync(letter, CancellationToken.None));

        LetterOnTheWire.IsRight(letter, "feedbackflow.invalid", await File.ReadAllBytesAsync(FileOf(letter)));
    }

    [Fact]
    public async Task A_name_cannot_add_a_header()
    {
        var letter = Letters.To("manager@demo.example") with { FromName = "A\r\nBcc: everyone@example.com", Subject = "one\r\nX-Two: three" };

        await Assert.ThrowsAnyAsync<Exception>(() => Channel().SendAsync(letter, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(Mail, "*.eml", SearchOption.AllDirectories));
    }

    private string Mail => Path.Combine(folder.Path, "mail");

    private string FileOf(Letter letter) => Path.Combine(Mail, letter.Id + ".eml");

    private FolderChannel Channel() => new(Mail);
}
