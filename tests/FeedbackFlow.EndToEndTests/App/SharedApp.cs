using Xunit;

namespace FeedbackFlow.Tests;

/// <summary>One app for the tests of a class that leave nothing behind which another would notice.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
