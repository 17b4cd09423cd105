namespace FeedbackFlow.App.Cli.Demo;

/// <summary>Something in the story did not happen as it must.</summary>
internal sealed class StoryStoppedException(string message) : Exception(message);
