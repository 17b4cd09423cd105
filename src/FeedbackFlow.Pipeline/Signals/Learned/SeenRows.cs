namespace FeedbackFlow.Pipeline.Signals;

/// <summary>Which rows of the model a text has already used. Kept per thread and never cleared: a row counts as seen when it bears the number of this text.</summary>
internal sealed class SeenRows
{
    [ThreadStatic]
    private static SeenRows? shared;

    private readonly int[] lastText;
    private int text;

    private SeenRows(int rows) => lastText = new int[rows];

    public static SeenRows ForNextText(int rows)
    {
        if (shared is null || shared.lastText.Length != rows || shared.text == int.MaxValue)
        {
            shared = new SeenRows(rows);
        }

        shared.text++;
        return shared;
    }

    public bool IsNew(int row)
    {
        if (lastText[row] == text)
        {
            return false;
        }

        lastText[row] = text;
        return true;
    }
}
