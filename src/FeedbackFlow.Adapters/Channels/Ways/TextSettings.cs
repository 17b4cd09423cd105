using FeedbackFlow.Adapters.Events;
using FeedbackFlow.Adapters.Storage.Engines;
using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Adapters.Channels.Ways;

/// <summary>The account at the provider of SMS and WhatsApp messages.</summary>
/// <param name="Endpoint">Of the region that keeps the messages.</param>
/// <param name="Account">Account SID.</param>
/// <param name="User">API key SID, or the account SID itself.</param>
/// <param name="Secret">The key's secret, or the account's token. Never logged.</param>
/// <param name="From">Sender of SMS: a number in E.164, an alphanumeric sender, or a messaging service SID; null for no SMS.</param>
/// <param name="WhatsAppFrom">Sender of WhatsApp messages in E.164; null for no WhatsApp.</param>
/// <param name="WhatsAppTemplate">Content SID of the approved template, without which nobody who has not just written gets a message.</param>
public sealed record TextSettings(
    Uri Endpoint, string Account, string User, string Secret, string? From, string? WhatsAppFrom, string? WhatsAppTemplate, SendingQuota Quota)
{
    internal ITextMessages Messages(HttpEventPost http, IRowEngine rows, TimeProvider clock) => new TwilioMessages(this, http, new SharedBudget(rows, Quota, clock, "texts"));
}
