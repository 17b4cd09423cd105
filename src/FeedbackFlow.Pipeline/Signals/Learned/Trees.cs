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
internal sealed class Trees(TreeNode[] nodes, int[] roots, double start)
{
    public double Start => start;

    public IReadOnlyList<int> Roots => roots;

    public IReadOnlyList<TreeNode> Nodes => nodes;

    public double Score(ReadOnlySpan<float> row)
    {
        var sum = start;
        foreach (var root in roots)
        {
            var at = root;
            while (nodes[at].Place >= 0)
            {
                at = row[nodes[at].Place] <= nodes[at].Limit ? nodes[at].Low : nodes[at].Low + 1;
            }

            sum += nodes[at].Limit;
        }

        return sum;
    }

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
