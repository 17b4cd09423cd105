using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FeedbackFlow.ContractTests.AzureRest;

/// <summary>Gives a token that is known, and remembers for what it was asked.</summary>
internal sealed class KnownToken : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return new("known", DateTimeOffset.MaxValue);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}

/// <summary>Writes down address and authorization and answers 418: for requests that may only go to an https address.</summary>
internal sealed class TeapotTransport(List<string> requests) : HttpPipelineTransport
{
    public override Request CreateRequest() => Real.CreateRequest();

    public override void Process(HttpMessage message)
    {
        requests.Add($"{message.Request.Method} {message.Request.Uri} {(message.Request.Headers.TryGetValue("Authorization", out var sent) ? sent : null)}");
        message.Response = new Teapot();
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Process(message);
        return ValueTask.CompletedTask;
    }

    private static readonly HttpClientTransport Real = new();

    private sealed class Teapot : Azure.Response
    {
        public override int Status => 418;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes("{}"));

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;
    }
}
