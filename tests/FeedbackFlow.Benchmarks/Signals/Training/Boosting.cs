using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Learns small trees one after the other, each of what those before it left wrong. Draws nothing at random.</summary>
internal static class Boosting
{
    private const int Rounds = 120;
    private const double Share = 0.06;
    private const int Depth = 3;
    private const int LeastRows = 25;
    private const double Penalty = 8;
    private const int Limits = 40;

    /// <param name="counts">How much each row counts.</param>
    public static Trees Fit(float[][] rows, bool[] isSo, double[] counts)
    {
        var limits = Enumerable.Range(0, rows[0].Length).Select(place => LimitsOf(rows, place)).ToArray();
        var slots = limits.Select((steps, place) => Array.ConvertAll(rows, row => SlotOf(steps, row[place]))).ToArray();
        var start = Math.Log((isSo.Count(one => one) + 1.0) / (isSo.Count(one => !one) + 1.0));
        var scores = new double[rows.Length];
        Array.Fill(scores, start);
        List<TreeNode> nodes = [];
        List<int> roots = [];
        for (var round = 0; round < Rounds; round++)
        {
            var pulls = new double[rows.Length];
            var weights = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var probability = 1 / (1 + Math.Exp(-scores[i]));
                (pulls[i], weights[i]) = (counts[i] * ((isSo[i] ? 1 : 0) - probability), counts[i] * probability * (1 - probability));
            }

            roots.Add(nodes.Count);
            nodes.Add(default);
            Grow(nodes.Count - 1, [.. Enumerable.Range(0, rows.Length)], Depth);

            void Grow(int at, int[] members, int depth)
            {
                var (place, limit) = depth == 0 ? (-1, 0) : Best(members);
                if (place < 0)
                {
                    var value = (float)(Share * members.Sum(i => pulls[i]) / (members.Sum(i => weights[i]) + Penalty));
                    nodes[at] = new TreeNode(-1, value, 0);
                    Array.ForEach(members, i => scores[i] += value);
                    return;
                }

                var low = nodes.Count;
                nodes.Add(default);
                nodes.Add(default);
                nodes[at] = new TreeNode((short)place, limit, (short)low);
                Grow(low, [.. members.Where(i => rows[i][place] <= limit)], depth - 1);
                Grow(low + 1, [.. members.Where(i => rows[i][place] > limit)], depth - 1);
            }

            (int Place, float Limit) Best(int[] members)
            {
                double allPulls = members.Sum(i => pulls[i]), allWeights = members.Sum(i => weights[i]);
                var (best, found) = (1e-3 + (allPulls * allPulls / (allWeights + Penalty)), (-1, 0f));
                for (var place = 0; place < limits.Length; place++)
                {
                    var (pull, weight, count) = (new double[limits[place].Length + 1], new double[limits[place].Length + 1], new int[limits[place].Length + 1]);
                    foreach (var i in members)
                    {
                        var slot = slots[place][i];
                        pull[slot] += pulls[i];
                        weight[slot] += weights[i];
                        count[slot]++;
                    }

                    var (lowPull, lowWeight, lowCount) = (0.0, 0.0, 0);
                    for (var slot = 0; slot < limits[place].Length; slot++)
                    {
                        lowPull += pull[slot];
                        lowWeight += weight[slot];
                        lowCount += count[slot];
                        if (lowCount < LeastRows || members.Length - lowCount < LeastRows)
                        {
                            continue;
                        }

                        var (highPull, highWeight) = (allPulls - lowPull, allWeights - lowWeight);
                        var gain = (lowPull * lowPull / (lowWeight + Penalty)) + (highPull * highPull / (highWeight + Penalty));
                        if (gain > best)
                        {
                            (best, found) = (gain, (place, limits[place][slot]));
                        }
                    }
                }

                return found;
            }
        }

        return new Trees([.. nodes], [.. roots], start);
    }

    private static byte SlotOf(float[] limits, float value) => (byte)(Array.BinarySearch(limits, value) is var exact && exact >= 0 ? exact : ~exact);

    private static float[] LimitsOf(float[][] rows, int place)
    {
        var values = rows.Select(row => row[place]).Order().ToArray();
        return [.. Enumerable.Range(1, Limits).Select(step => values[(int)((long)step * (values.Length - 1) / (Limits + 1))]).Distinct()];
    }
}
