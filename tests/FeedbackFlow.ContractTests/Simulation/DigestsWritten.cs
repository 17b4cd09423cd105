using FeedbackFlow.Pipeline.Outbox;
using FeedbackFlow.Pipeline.Recovery;
using static FeedbackFlow.ContractTests.Simulation.BrokenInvariantException;

namespace FeedbackFlow.ContractTests.Simulation;

/// <summary>At most one digest for each reader and day, to those who want one, while the business is open.</summary>
internal sealed class DigestsWritten
{
    private readonly HashSet<(string, DateOnly)> written = [];

    public void Look(Letter digest, Business business)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(digest.WrittenAt, TimeZoneInfo.FindSystemTimeZoneById(business.Zone)).DateTime);
        Unless(written.Add((digest.To.Address, day)), $"Two digests for {digest.To.Address} on {day:O}.");
        var reader = business.People.Single(person => person.Email == digest.To.Address);
        Unless(reader.Digest is not DigestWish.None && (reader.Digest is not null || reader.Role == PersonRole.Owner), $"A digest for {digest.To.Address}, who wants none.");
        Unless(business.Hours().IsOpen(digest.WrittenAt), $"A digest was written while the business is closed, at {digest.WrittenAt:O}.");
    }
}
