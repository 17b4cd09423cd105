using FeedbackFlow.Adapters.Channels;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FeedbackFlow.Tests;

/// <summary>The folder, until a test takes it away.</summary>
internal sealed class FlakyChannel : ILetterChannel
{
    private ILetterChannel? folder;

    public bool IsDown { get; set; }

    public void Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<ILetterChannel>(provider =>
    {
        folder = new FolderChannel(provider.GetRequiredService<Settings>().Adapters.MailFolder);
        return this;
    }));

    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) =>
        IsDown ? Task.FromResult(new Delivery(DeliveryKind.TryAgain, "The server does not answer.")) : folder!.SendAsync(letter, ct);
}
