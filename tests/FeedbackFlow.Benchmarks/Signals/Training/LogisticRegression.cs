using FeedbackFlow.Pipeline.Signals;

namespace FeedbackFlow.Benchmarks.Signals;

/// <param name="Rows">The features of each row.</param>
/// <param name="IsSo">What each row is.</param>
/// <param name="Counts">How much it counts.</param>
/// <param name="Wholes">Rows that are one text, of which the strongest is to say what the text is.</param>
internal sealed record Lessons(SparseRows Rows, bool[] IsSo, double[] Counts, (int From, int To, bool IsSo, double Count)[] Wholes);

/// <summary>Two classes, L2 penalty, fitted with L-BFGS: no seed, so the same rows give the same weights.</summary>
internal static class LogisticRegression
{
    private const int Memory = 8;
    private const int Steps = 60;

    public static double[] Fit(Lessons lessons, int places, double penalty)
    {
        var weights = new double[places];
        var gradient = new double[places];
        var loss = Loss(lessons, penalty, weights, gradient);
        List<(double[] Step, double[] Change, double Scale)> past = [];
        for (var i = 0; i < Steps; i++)
        {
            var direction = Direction(gradient, past);
            var slope = Dot(direction, gradient);
            var length = past.Count == 0 ? 1 / Math.Max(1, Math.Sqrt(Dot(gradient, gradient))) : 1.0;
            var (nextWeights, nextGradient, nextLoss) = Search(lessons, penalty, weights, direction, loss, slope, length);
            if (loss - nextLoss < 1e-7 * Math.Abs(loss))
            {
                return nextWeights;
            }

            var step = Minus(nextWeights, weights);
            var change = Minus(nextGradient, gradient);
            var product = Dot(step, change);
            if (product > 1e-12)
            {
                past.Add((step, change, 1 / product));
                if (past.Count > Memory)
                {
                    past.RemoveAt(0);
                }
            }

            (weights, gradient, loss) = (nextWeights, nextGradient, nextLoss);
        }

        return weights;
    }

    private static (double[] Weights, double[] Gradient, double Loss) Search(
        Lessons lessons, double penalty, double[] weights, double[] direction, double loss, double slope, double length)
    {
        while (true)
        {
            var tried = new double[weights.Length];
            for (var j = 0; j < tried.Length; j++)
            {
                tried[j] = weights[j] + (length * direction[j]);
            }

            var gradient = new double[weights.Length];
            var triedLoss = Loss(lessons, penalty, tried, gradient);
            if (triedLoss <= loss + (1e-4 * length * slope) || length < 1e-8)
            {
                return (tried, gradient, triedLoss);
            }

            length /= 2;
        }
    }

    private static double Loss(Lessons lessons, double penalty, double[] weights, double[] gradient)
    {
        Array.Clear(gradient);
        var loss = 0.0;
        var (rows, isSo, counts) = (lessons.Rows, lessons.IsSo, lessons.Counts);
        var scores = new double[rows.Count];
        var pulls = new double[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            scores[row] = rows.Dot(row, weights);
            loss += counts[row] * LossOf(scores[row], isSo[row]);
            pulls[row] = counts[row] * PullOf(scores[row], isSo[row]);
        }

        foreach (var (from, to, says, count) in lessons.Wholes)
        {
            if (to == from)
            {
                continue;
            }

            var top = scores.AsSpan(from, to - from).ToArray().Max();
            var sum = 0.0;
            for (var row = from; row < to; row++)
            {
                sum += Math.Exp(Outputs.Sharpness * (scores[row] - top));
            }

            var whole = top + (Math.Log(sum) / Outputs.Sharpness);
            loss += count * LossOf(whole, says);
            var pull = count * PullOf(whole, says);
            for (var row = from; row < to; row++)
            {
                pulls[row] += pull * Math.Exp(Outputs.Sharpness * (scores[row] - top)) / sum;
            }
        }

        for (var row = 0; row < rows.Count; row++)
        {
            rows.AddTo(row, pulls[row], gradient);
        }

        for (var j = 0; j < weights.Length; j++)
        {
            loss += 0.5 * penalty * weights[j] * weights[j];
            gradient[j] += penalty * weights[j];
        }

        return loss;
    }

    private static double LossOf(double score, bool isSo)
    {
        var signed = isSo ? score : -score;
        return signed > 0 ? Math.Log(1 + Math.Exp(-signed)) : Math.Log(1 + Math.Exp(signed)) - signed;
    }

    private static double PullOf(double score, bool isSo) => (1 / (1 + Math.Exp(-score))) - (isSo ? 1 : 0);

    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Scale)> past)
    {
        var direction = gradient.Select(value => -value).ToArray();
        var shares = new double[past.Count];
        for (var i = past.Count - 1; i >= 0; i--)
        {
            shares[i] = past[i].Scale * Dot(past[i].Step, direction);
            AddScaled(direction, past[i].Change, -shares[i]);
        }

        if (past.Count > 0)
        {
            var scale = 1 / (past[^1].Scale * Dot(past[^1].Change, past[^1].Change));
            for (var j = 0; j < direction.Length; j++)
            {
                direction[j] *= scale;
            }
        }

        for (var i = 0; i < past.Count; i++)
        {
            AddScaled(direction, past[i].Step, shares[i] - (past[i].Scale * Dot(past[i].Change, direction)));
        }

        return direction;
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var j = 0; j < one.Length; j++)
        {
            sum += one[j] * other[j];
        }

        return sum;
    }

    private static void AddScaled(double[] target, double[] source, double factor)
    {
        for (var j = 0; j < target.Length; j++)
        {
            target[j] += factor * source[j];
        }
    }

    private static double[] Minus(double[] one, double[] other)
    {
        var result = new double[one.Length];
        for (var j = 0; j < one.Length; j++)
        {
            result[j] = one[j] - other[j];
        }

        return result;
    }
}
