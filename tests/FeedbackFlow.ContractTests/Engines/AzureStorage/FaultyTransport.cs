using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

/// <summary>What goes wrong with one try of one request.</summary>
public enum Fault
{
    None,

    /// <summary>Nobody answers, and nothing was done.</summary>
    Hang,

    /// <summary>It was done, and nobody answers.</summary>
    HangAfter,

    /// <summary>The connection is cut before anything was done.</summary>
    Cut,

    /// <summary>It was done, and the connection is cut before the answer.</summary>
    CutAfter,
    Busy429,
    Error500,
    Busy503,

    /// <summary>It was done, and something in between answers 500.</summary>
    Error500After,

    /// <summary>It was done; the answer's headers come, its body never ends.</summary>
    SlowBody,

    /// <summary>It was done; the answer's body is a page of a proxy.</summary>
    WrongBody,

    /// <summary>Something in between knows nothing of the address.</summary>
    NotFound404,
}

/// <summary>The real wire, until a test breaks it.</summary>
internal sealed class FaultyTransport : HttpPipelineTransport
{
    private readonly HttpClientTransport wire = HttpClientTransport.Shared;
    private readonly ConcurrentQueue<Fault> next = new();

    /// <summary>What befalls a request when nothing is queued for it.</summary>
    public Func<Request, Fault> Otherwise { get; set; } = _ => Fault.None;

    public int Tries { get; private set; }

    /// <summary>How long a try that hangs is waited for.</summary>
    public TimeSpan HangsFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gives a try that will hang little time. The others keep theirs: on a busy machine an answer may be long in coming.</summary>
    public HttpPipelinePolicy GivesUpOnHangs => new ShortTimeForHangs(this);

    public List<string?> Authorizations { get; } = [];

    /// <summary>What befalls the next tries, in order.</summary>
    public void Next(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults) next.Enqueue(fault);
    }

    public override Request CreateRequest() => wire.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Tries++;
        Authorizations.Add(message.Request.Headers.TryGetValue("Authorization", out var authorization) ? authorization : null);
        var fault = message.TryGetProperty(nameof(Fault), out var drawn) ? (Fault)drawn! : Draw(message);
        switch (fault)
        {
            case Fault.Hang:
                await Task.Delay(Timeout.Infinite, message.CancellationToken);
                break;
            case Fault.Cut:
                throw new Azure.RequestFailedException("The connection was cut.", new IOException("reset"));
            case Fault.Busy429 or Fault.Busy503 or Fault.Error500 or Fault.NotFound404:
                message.Response = new MadeUpResponse(fault switch { Fault.Busy429 => 429, Fault.Busy503 => 503, Fault.NotFound404 => 404, _ => 500 }, "<html>busy</html>"u8.ToArray());
                return;
        }

        await wire.ProcessAsync(message);
        switch (fault)
        {
            case Fault.HangAfter:
                await Task.Delay(Timeout.Infinite, message.CancellationToken);
                break;
            case Fault.CutAfter:
                throw new Azure.RequestFailedException("The connection was cut.", new IOException("reset"));
            case Fault.Error500After:
                message.Response = new MadeUpResponse(500, "{}"u8.ToArray());
                break;
            case Fault.SlowBody:
                message.Response.ContentStream = new EndlessStream();
                break;
            case Fault.WrongBody:
                message.Response.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes("<html><p>Sign in to the network</p>"));
                break;
        }
    }

    private Fault Draw(HttpMessage message) => next.TryDequeue(out var queued) ? queued : Otherwise(message.Request);

    private sealed class ShortTimeForHangs(FaultyTransport wire) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var fault = wire.Draw(message);
            message.SetProperty(nameof(Fault), fault);
            message.NetworkTimeout = fault is Fault.Hang or Fault.HangAfter or Fault.SlowBody ? wire.HangsFor : null;
            return ProcessNextAsync(message, pipeline);
        }
    }

    private sealed class MadeUpResponse(int status, byte[] body) : Azure.Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = new MemoryStream(body);

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }

    /// <summary>A body of which the next byte never comes.</summary>
    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
