using FeedbackFlow.Pipeline.Ports;

namespace FeedbackFlow.Pipeline;

/// <param name="Overdue">Promised calls whose time is over without an attempt; counted up to 100 in each business.</param>
/// <param name="OutboxOldestSeconds">Age of the oldest letter that is not sent; 0 when all are.</param>
public sealed record Stock(int Overdue, double OutboxOldestSeconds);

/// <summary>What an operator must know of all businesses together: one page of two lists in each, after every sweep.</summary>
public sealed class TakeStock(ILists lists, TimeProvider clock)
{
    private const int PageSize = 100;

    public async Task<Stock> RunAsync(CancellationToken ct)
    {
        var (now, overdue, oldest, next) = (clock.GetUtcNow(), 0, clock.GetUtcNow(), (string?)null);
        do
        {
            var page = await lists.BusinessesAsync(PageSize, next, ct);
            foreach (var business in page.Items)
            {
                var tasks = await lists.OpenTasksAsync(business, PageSize, null, ct);
                overdue += tasks.Items.TakeWhile(task => task.Promise.By < now).Count(task => task.Promise.IsOverdue(now));
                var letters = await lists.DueLettersAsync(business, DateTimeOffset.MaxValue, PageSize, null, ct);
                foreach (var letter in letters.Items.Where(letter => letter.WrittenAt < oldest)) oldest = letter.WrittenAt;
            }

            next = page.Next;
        }
        while (next is not null);
        var stock = new Stock(overdue, Math.Round((now - oldest).TotalSeconds, 1));
        Steps.OutboxAge(stock.OutboxOldestSeconds);
        return stock;
    }
}
