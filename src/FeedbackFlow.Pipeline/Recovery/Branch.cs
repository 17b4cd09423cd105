using FeedbackFlow.Pipeline.Recovery.BusinessHours;

namespace FeedbackFlow.Pipeline.Recovery;

/// <summary>One of a business's places. What is null is as in the business.</summary>
/// <param name="Id">Lower case letters, digits and hyphens; stands in submissions, links and jobs.</param>
/// <param name="City">By whose sunset this place rests.</param>
public sealed record Branch(string Id, string Name, WorkingWeek? Week, string? Zone, string? City, string? Phone);
