using FeedbackFlow.App.Layout;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Pages.Forms;

/// <summary>What the customer is told about the call-back.</summary>
/// <param name="ByPhone">True: the owner calls. False: a written answer comes by mail.</param>
/// <param name="FromPhone">The number the call comes from, E.164; null where none is known.</param>
public sealed record PromiseShown(string OwnerName, PersonRole OwnerRole, DateTimeOffset By, bool ByPhone, string? FromPhone);

/// <param name="Promise">Null when there is no task, or nobody could be reached for it.</param>
/// <param name="NoWayBack">There is a task but no phone and no address to answer to.</param>
/// <param name="Again">The same form came a second time; nothing new was stored.</param>
/// <param name="ReviewUrl">The invitation is the same for everyone; null only where the business has no such place.</param>
/// <param name="BusinessPhone">E.164; how to reach a person now.</param>
public sealed record AnswerModel(
    PageFrame Frame,
    PromiseShown? Promise,
    bool NoWayBack,
    bool Again,
    string? ReviewUrl,
    string? BusinessPhone,
    string? BusinessEmail,
    string Zone,
    DateTimeOffset Now)
{
    /// <summary>The customer's own page of this matter; null where who wrote is not surely known.</summary>
    public string? OwnPageUrl { get; init; }
}
