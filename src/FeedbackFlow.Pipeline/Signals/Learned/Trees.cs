namespace FeedbackFlow.Pipeline.Signals;

/// <summary>One question of a tree: is a number of the row at most the limit? A leaf has no question and adds its value.</summary>
/// <param name="Place">Which number of the row; -1 in a leaf.</param>
/// <param name="Limit">What it is compared with; in a leaf the value.</param>
/// <param name="Low">Where to go on where the number is not above the limit; otherwise at the place behind it.</param>
internal readonly record struct TreeNode(short Place, float Limit, short Low);

/// <summary>
/// Small decision trees whose answers are added up. File: where the sum starts (float64), the first node of every tree (a count and int32 each), and all nodes (a count and
/// place as int16, limit as float32, low as int16 each).
/// </summary>
internal sealed class Trees
{
    private readonly TreeNode[] nodes;
    private readonly int[] roots;

    /// <summary>The same nodes, but a leaf asks a question as well, of which every answer leads back to it: so every way has the same length, and none has to be guessed.</summary>
    private readonly TreeNode[] ways;
    private readonly int longest;

    public Trees(TreeNode[] nodes, int[] roots, double start)
    {
        this.nodes = nodes;
        this.roots = roots;
        Start = start;
        ways = new TreeNode[nodes.Length];
        for (var at = 0; at < nodes.Length; at++)
        {
            ways[at] = nodes[at].Place >= 0 ? nodes[at] : new TreeNode(0, float.PositiveInfinity, (short)at);
        }

        foreach (var root in roots)
        {
            longest = Math.Max(longest, DepthOf(root));
        }
    }

    public double Start { get; }

    public IReadOnlyList<int> Roots => roots;

    public IReadOnlyList<TreeNode> Nodes => nodes;

    /// <param name="row">Numbers, none of them NaN.</param>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = Start;
        foreach (var root in roots)
        {
            var at = root;
            for (var step = 0; step < longest; step++)
            {
                ref readonly var node = ref ways[at];
                at = node.Low + (row[node.Place] <= node.Limit ? 0 : 1);
            }

            sum += nodes[at].Limit;
        }

        return sum;
    }

    private int DepthOf(int at) => nodes[at].Place < 0 ? 0 : 1 + Math.Max(DepthOf(nodes[at].Low), DepthOf(nodes[at].Low + 1));

    public static Trees Read(BinaryReader reader)
    {
        var start = reader.ReadDouble();
        var roots = WeightTable.Numbers<int>(reader, reader.ReadInt32());
        var nodes = new TreeNode[reader.ReadInt32()];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new TreeNode(reader.ReadInt16(), reader.ReadSingle(), reader.ReadInt16());
        }

        return new Trees(nodes, roots, start);
    }
}
