using System.Threading.Channels;

namespace FeedbackFlow.App.Cli.Reading;

/// <summary>Reads rows on all processors and hands the answers on in the order of the rows. What waits is bounded, so a file may be of any length.</summary>
internal static class ReadRun
{
    private const int RowsAtOnce = 64;

    /// <param name="report">Called for each answer, in order.</param>
    public static async Task RunAsync(IEnumerable<SourceRow> rows, Action<RowAnswer> report)
    {
        var answers = Channel.CreateBounded<Task<RowAnswer[]>>(Environment.ProcessorCount * 4);
        var reading = Task.Run(async () =>
        {
            try
            {
                foreach (var some in rows.Chunk(RowsAtOnce)) await answers.Writer.WriteAsync(Task.Run(() => Array.ConvertAll(some, RowAnswer.To)));
                answers.Writer.Complete();
            }
            catch (Exception failure)
            {
                answers.Writer.Complete(failure);
            }
        });
        await foreach (var some in answers.Reader.ReadAllAsync())
        {
            foreach (var answer in await some) report(answer);
        }

        await reading;
    }
}
