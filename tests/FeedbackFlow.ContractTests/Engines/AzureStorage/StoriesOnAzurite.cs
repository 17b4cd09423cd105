using FeedbackFlow.ContractTests.Crashes;
using FeedbackFlow.ContractTests.Stories;
using FeedbackFlow.TestKit;

namespace FeedbackFlow.ContractTests.Engines.AzureStorage;

// The same stories and deaths as on a file, told on tables and queues.

public sealed class AcceptingStoryOnAzurite(Azurite azurite) : AcceptingStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class ChannelStoryOnAzurite(Azurite azurite) : ChannelStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class LinkStoryOnAzurite(Azurite azurite) : LinkStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class LongWaitStoryOnAzurite(Azurite azurite) : LongWaitStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class NamedCrashTestsOnAzurite(Azurite azurite) : NamedCrashTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class NudgeStoryOnAzurite(Azurite azurite) : NudgeStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class RaceStoryOnAzurite(Azurite azurite) : RaceStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class SilentManagerStoryOnAzurite(Azurite azurite) : SilentManagerStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class StoreTroubleStoryOnAzurite(Azurite azurite) : StoreTroubleStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class AcceptingANewCustomerTestsOnAzurite(Azurite azurite) : AcceptingANewCustomerTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class ClaimingTestsOnAzurite(Azurite azurite) : ClaimingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class ClosingTestsOnAzurite(Azurite azurite) : ClosingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class EscalatingTestsOnAzurite(Azurite azurite) : EscalatingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class JoiningAnOpenTaskTestsOnAzurite(Azurite azurite) : JoiningAnOpenTaskTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class NudgedSendingTestsOnAzurite(Azurite azurite) : NudgedSendingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class RepairingTestsOnAzurite(Azurite azurite) : RepairingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class RetryingTestsOnAzurite(Azurite azurite) : RetryingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class SubmittingAJobsFormTestsOnAzurite(Azurite azurite) : SubmittingAJobsFormTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class CorrectionStoryOnAzurite(Azurite azurite) : CorrectionStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class CorrectingTestsOnAzurite(Azurite azurite) : CorrectingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class DigestStoryOnAzurite(Azurite azurite) : DigestStory
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}

public sealed class DigestingTestsOnAzurite(Azurite azurite) : DigestingTests
{
    private protected override Task<IGround> GroundAsync() => AzuriteGround.NewAsync(azurite);
}
