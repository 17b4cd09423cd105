namespace FeedbackFlow.App.Cli;

internal static class MachineClock
{
#pragma warning disable RS0030 // The one place where the machine's clock comes in.
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}
