using FeedbackFlow.Pipeline.Intake;
using Xunit;

namespace FeedbackFlow.Tests
{
    public class RoomOrderTests
    {
        private static readonly string[] Rooms = ["Intake", "Signals", "Recovery", "Outbox", "Customers", "Insights"];

        private readonly RoomOrder pipeline = new("FeedbackFlow.Pipeline", Rooms);
        private readonly RoomOrder seeded = new("FeedbackFlow.Tests.Seeded", Rooms);

        [Fact]
        public void Every_room_uses_only_itself_and_rooms_before_it_and_stays_pure() => Assert.Empty(pipeline.Violations(typeof(Feedback).Assembly.GetTypes()));

        [Fact]
        public void Every_folder_of_the_pipeline_stands_in_the_list() => Assert.Empty(pipeline.Unknown(typeof(Feedback).Assembly.GetTypes()));

        [Fact]
        public void What_is_seeded_wrong_is_reported()
        {
            var found = seeded.Violations(typeof(RoomOrderTests).Assembly.GetTypes());
            Assert.Equal(
                [
                    "Intake.CallsLaterRoom uses Recovery.Later", "Intake.HasLaterRoom uses Recovery.Later", "Intake.ListsLaterRoom uses Recovery.Later",
                    "Outbox.AsksClock uses System.TimeProvider", "Outbox.ReadsFile uses System.IO.File", "Outbox.UsesPort uses Ports.Port",
                    "Outbox.Waits uses System.Threading.Tasks.Task", "Recovery.CallsVerb uses Verb",
                ],
                found.Order(StringComparer.Ordinal));
        }

        [Fact]
        public void A_folder_that_is_in_no_list_is_reported() => Assert.Equal(["Cellar"], seeded.Unknown(typeof(RoomOrderTests).Assembly.GetTypes()));
    }
}

namespace FeedbackFlow.Tests.Seeded
{
    internal static class Verb
    {
        public static string Do() => new Ports.Port().ToString() + Recovery.Later.Name();
    }
}

namespace FeedbackFlow.Tests.Seeded.Intake
{
    internal interface HasLaterRoom
    {
        Recovery.Later? Later { get; }
    }

    internal interface ListsLaterRoom
    {
        void Take(IReadOnlyDictionary<string, Recovery.Later[]> all);
    }

    internal static class CallsLaterRoom
    {
        public static string Call() => Recovery.Later.Name();
    }
}

namespace FeedbackFlow.Tests.Seeded.Recovery
{
    internal sealed class Later
    {
        public static string Name() => "later";
    }

    internal static class CallsVerb
    {
        public static string Call() => Verb.Do();
    }
}

namespace FeedbackFlow.Tests.Seeded.Outbox
{
    internal static class UsesEarlierRoom
    {
        public static string Call() => Recovery.Later.Name();
    }

    internal interface UsesPort
    {
        void Take(Ports.Port port);
    }

    internal interface AsksClock
    {
        void Take(TimeProvider clock);
    }

    internal interface Waits
    {
        Task Wait();
    }

    internal static class ReadsFile
    {
        public static string Read() => File.ReadAllText("x");
    }
}

namespace FeedbackFlow.Tests.Seeded.Ports
{
    internal sealed class Port
    {
        public string Uses { get; } = Recovery.Later.Name();
    }
}

namespace FeedbackFlow.Tests.Seeded.Cellar
{
    internal static class Unlisted;
}
