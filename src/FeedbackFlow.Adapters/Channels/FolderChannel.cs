using System.Net.Mail;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>Letters as <c>.eml</c> files, one per letter id: a second send of the same letter finds the file and has no effect.</summary>
public sealed class FolderChannel : ILetterChannel
{
    private static readonly MailAddress Sender = new("letters@feedbackflow.invalid");
    private readonly string folder;

    public FolderChannel(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
    }

    public async Task<Delivery> SendAsync(Letter letter, CancellationToken ct)
    {
        var file = Path.Combine(folder, letter.Id + ".eml");
        if (File.Exists(file)) return Delivery.Sent;
        // Written aside, synced, renamed: a reader sees the whole letter or none. What a dead process left there is nobody's.
        var aside = Path.Combine(folder, "." + letter.Id);
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside };
            using var message = MailMessages.From(letter, Sender);
            await client.SendMailAsync(message, ct);
            var written = Directory.GetFiles(aside).Single();
            await using (var stream = new FileStream(written, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
            File.Move(written, file, overwrite: true);
            return Delivery.Sent;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }
}
