using FeedbackFlow.App.Cli;

return await CommandLine.RunAsync(args);
