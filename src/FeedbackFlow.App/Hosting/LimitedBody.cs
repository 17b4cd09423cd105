namespace FeedbackFlow.App.Hosting;

/// <summary>
/// A body of which only so much is read. The server itself would cut the connection where its limit is passed, and a client that is still sending
/// would see that instead of the answer; so its limit is higher, and what is beyond ours is read and dropped after the answer.
/// </summary>
internal sealed class LimitedBody(Stream inner, long most) : Stream
{
    /// <summary>A text of 10,000 characters fits many times, however it is escaped.</summary>
    public const long Most = 512 * 1024;

    /// <summary>A mail carries pictures; only its words are kept.</summary>
    public const long MostOfMail = 6 * 1024 * 1024;

    private long taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static void Limit(HttpRequest request)
    {
        var most = request.ContentType?.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) == true && request.Path.StartsWithSegments("/hooks", StringComparison.OrdinalIgnoreCase) ? MostOfMail : Most;
        if (request.ContentLength > most) throw TooLarge(most);
        if (request.ContentLength is null) request.Body = new LimitedBody(request.Body, most);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static BadHttpRequestException TooLarge(long most) => new($"The body is too large: at most {most / 1024} KB are taken.", StatusCodes.Status413PayloadTooLarge);

    private int Counted(int read) => (taken += read) <= most ? read : throw TooLarge(most);
}
