using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using FeedbackFlow.Adapters.AzureRest.Email;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels;

/// <summary>
/// Letters by Communication Services. The letter's id is the operation's id; an attempt whose end is not known is looked up before the letter is handed over again. The business's
/// name cannot stand before the sender's address, which the service takes from the sender's own settings.
/// </summary>
/// <param name="from">A sender of a domain that is linked to the resource.</param>
internal sealed class CommunicationChannel(EmailClient client, string from, ISendingBudget budget, TimeProvider clock) : ILetterChannel
{
    public Task<Delivery> SendAsync(Letter letter, CancellationToken ct) => SendAsync(letter, EarlierAttempts.None, ct);

    public async Task<Delivery> SendAsync(Letter letter, EarlierAttempts earlier, CancellationToken ct)
    {
        var id = Guid.ParseExact(letter.Id.Value, "N");
        try
        {
            if (earlier.Begun && await LookUpAsync(id, ct) is { } known) return known;
            if ((await budget.TakeAsync(letter.Kind, ct)).NotBefore is { } notBefore) return new(DeliveryKind.TryAgain, "The quota of this hour or minute is used.", notBefore) { NotTaken = true };
            await client.SendAsync(Message(letter), id, ct);
            return Delivery.Sent;
        }
        catch (RequestFailedException failure) when (failure.Status > 0)
        {
            return await RefusalAsync(failure, ct);
        }
        catch (AuthenticationFailedException)
        {
            return new(DeliveryKind.TryAgain, "There is no token for Communication Services.") { NotTaken = true };
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException or HttpRequestException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // It may have been taken: the next attempt asks first.
            return new(DeliveryKind.TryAgain, "Communication Services gave no answer that can be read.");
        }
    }

    /// <summary>Null when the service never had it.</summary>
    private async Task<Delivery?> LookUpAsync(Guid id, CancellationToken ct)
    {
        var operation = new EmailSendOperation(id.ToString("D"), client);
        if (!await operation.UpdateStatusAsync(ct)) return null;
        return operation.Value!.Status switch
        {
            EmailSendStatus.NotStarted or EmailSendStatus.Running or EmailSendStatus.Succeeded => Delivery.Sent,
            // An operation that has ended cannot be begun again under its name: only another channel can have the letter.
            EmailSendStatus.Failed or EmailSendStatus.Canceled => new(DeliveryKind.Refused, $"Communication Services: {operation.Value.ErrorCode ?? operation.Value.Status.ToString()}") { NotTaken = true },
        };
    }

    private async Task<Delivery> RefusalAsync(RequestFailedException failure, CancellationToken ct)
    {
        var problem = $"Communication Services {failure.Status} {failure.ErrorCode}".TrimEnd();
        switch (failure.Status)
        {
            case 429:
                var until = clock.GetUtcNow() + (RetryAfter(failure) ?? TimeSpan.FromMinutes(1));
                await budget.CloseAsync(until, ct);
                return new(DeliveryKind.TryAgain, problem, until) { NotTaken = true };
            case 401 or 403 or 404:
                return new(DeliveryKind.TryAgain, problem) { NotTaken = true };
            case 400 or 413 or 415 or 422:
                return new(DeliveryKind.Refused, problem) { NotTaken = true };
            default:
                return new(DeliveryKind.TryAgain, problem, RetryAfter(failure) is { } wait ? clock.GetUtcNow() + wait : null);
        }
    }

    private static TimeSpan? RetryAfter(RequestFailedException failure) =>
        failure.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private EmailMessage Message(Letter letter) => new(
        from,
        new([new(letter.To.Address, letter.To.Name.Length > 0 ? letter.To.Name : null)]),
        new(letter.Subject, letter.Text, letter.Html),
        letter.ReplyTo is { } replyTo ? [new(replyTo, letter.FromName)] : null,
        // RFC 3834, 5: automatic mail says so, and no robot answers it.
        new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", ["X-Auto-Response-Suppress"] = "All" });
}
