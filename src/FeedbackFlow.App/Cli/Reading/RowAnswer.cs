using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeedbackFlow.App.Api;
using FeedbackFlow.App.Hosting;
using FeedbackFlow.Pipeline.Intake;
using FeedbackFlow.Pipeline.Recovery;
using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>From a row to its line of the output: the reading as the feedback API answers it, or why there is none.</summary>
/// <param name="Bytes">One line with its end, UTF-8.</param>
/// <param name="Problem">Null when the row was read.</param>
internal sealed record RowAnswer(long Line, byte[] Bytes, string? Problem)
{
    public static RowAnswer To(SourceRow row)
    {
        if (row.Problem is { } problem) return Bad(row, problem);
        var text = string.IsNullOrWhiteSpace(row.Text) ? null : PlainText.WellFormed(row.Text);
        // A row is not submitted by anybody, so "a rating or a text" is not asked of it.
        var (submission, problems) = SubmissionGate.Check(new(null, row.Scale, row.Score, text, WantsCall: true, null, null, null, null));
        if (submission is null) return Bad(row, string.Join("; ", problems.Select(found => $"{found.Field.Replace("rating.", "", StringComparison.Ordinal)}: {Say(found)}")));
        try
        {
            var reading = SignalDetector.Read(text, submission.Rating);
            return new(row.Line, Written(row.Id, JsonSerializer.SerializeToNode(ReadingAnswer.Of(reading, text, Policy.Default), Json.Options)!.AsObject()), null);
        }
        catch (Exception failure)
        {
            return Bad(row, $"the detector failed ({failure.GetType().Name})");
        }
    }

    private static string Say(FieldProblem found) => found.Kind == ProblemKind.TooLong ? $"too long, {found.Allowed}" : $"must be {found.Allowed}";

    private static RowAnswer Bad(SourceRow row, string problem) => new(row.Line, Written(row.Id, new() { ["error"] = problem }), problem);

    private static byte[] Written(JsonNode? id, JsonObject answer)
    {
        if (id is not null) answer.Insert(0, "id", id);
        return Encoding.UTF8.GetBytes(answer.ToJsonString(Json.Options) + "\n");
    }
}
