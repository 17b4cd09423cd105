using System.Globalization;

namespace FeedbackFlow.Benchmarks.Signals;

/// <summary>Hits and misses of a yes-or-no decision.</summary>
internal sealed class Tally
{
    public int Hits { get; private set; }

    public int FalseAlarms { get; private set; }

    public int Misses { get; private set; }

    public int RightSilences { get; private set; }

    public double Precision => Hits + FalseAlarms == 0 ? 1 : (double)Hits / (Hits + FalseAlarms);

    public double Recall => Hits + Misses == 0 ? 1 : (double)Hits / (Hits + Misses);

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public double FalseAlarmRate => FalseAlarms + RightSilences == 0 ? 0 : (double)FalseAlarms / (FalseAlarms + RightSilences);

    public void Count(bool isSo, bool wasSaid)
    {
        Hits += isSo && wasSaid ? 1 : 0;
        FalseAlarms += !isSo && wasSaid ? 1 : 0;
        Misses += isSo && !wasSaid ? 1 : 0;
        RightSilences += !isSo && !wasSaid ? 1 : 0;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"precision {Precision:0.000} recall {Recall:0.000} ({Interval(Hits, Hits + Misses)}) F1 {F1:0.000}  false alarms {FalseAlarmRate * 100:0.0} per 100 look-alikes  ({Hits} hits, {FalseAlarms} false, {Misses} missed, {RightSilences} silent)");

    /// <summary>Wilson's interval at 95 percent.</summary>
    public static string Interval(int hits, int of)
    {
        if (of == 0)
        {
            return "no cases";
        }

        const double z = 1.96;
        double share = (double)hits / of, square = z * z;
        var centre = (share + (square / (2 * of))) / (1 + (square / of));
        var half = z * Math.Sqrt((share * (1 - share) / of) + (square / (4.0 * of * of))) / (1 + (square / of));
        return string.Create(CultureInfo.InvariantCulture, $"{centre - half:0.00} to {centre + half:0.00}");
    }
}
