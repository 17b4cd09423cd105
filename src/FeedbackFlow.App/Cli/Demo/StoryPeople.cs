using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;

namespace FeedbackFlow.App.Cli.Demo;

/// <summary>Everybody in the story. Nobody of them exists; the numbers and addresses belong to nobody.</summary>
internal sealed class StoryPeople(Words words)
{
    public const string CustomerEmail = "naama@customer.example";
    public const string CustomerPhone = "+972545550123";

    public string Customer => words["demo.customer"];

    public string Manager => words["demo.manager"];

    public string Backup => words["demo.backup"];

    public string Owner => words["demo.owner"];

    public Business Business(DateTimeOffset now)
    {
        var business = DemoBusiness.Make(now);
        return business with
        {
            Name = words["demo.business"],
            Language = words.Language,
            People =
            [
                new(NewId.At<PersonId>(now), Manager, "manager@demo.example", "+972501234567", PersonRole.Manager, words.Language, []),
                new(NewId.At<PersonId>(now), Backup, "backup@demo.example", "+972531234567", PersonRole.Backup, words.Language, []),
                new(NewId.At<PersonId>(now), Owner, "owner@demo.example", "+972521234567", PersonRole.Owner, words.Language, []),
            ],
        };
    }
}
