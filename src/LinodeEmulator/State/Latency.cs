using System.Text;

namespace LinodeEmulator.State;

/// <summary>How long a kind of work takes, in seconds.</summary>
internal readonly record struct Range(double Least, double Median, double Most);

/// <summary>Draws durations. A draw depends on the seed, on what the work is done to and on its kind alone, so it does not matter in which order
/// requests come.</summary>
internal sealed class Latency(LatencyProfile profile, long seed)
{
    private readonly double _scale = profile switch
    {
        LatencyProfile.Real => 1,
        LatencyProfile.Fast => Unknowns.FastFactor,
        _ => 0,
    };

    public TimeSpan Draw(Range range, string entity, string kind)
    {
        // A power of an even draw: smooth, never outside the range, and its median is the range's.
        var span = range.Most - range.Least;
        var exponent = span <= 0 ? 1 : Math.Log((range.Median - range.Least) / span) / Math.Log(0.5);
        var seconds = range.Least + (span * Math.Pow(Chance.Draw(seed, entity, kind), exponent));
        return TimeSpan.FromSeconds(seconds * _scale);
    }
}

/// <summary>Even numbers from 0 to 1 that depend on their names only.</summary>
internal static class Chance
{
    public static double Draw(long seed, string first, string second)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in Encoding.UTF8.GetBytes($"{seed}\0{first}\0{second}"))
        {
            hash = unchecked((hash ^ part) * 1099511628211UL);
        }

        // FNV mixes its high bits poorly for short names; one round of a finalizer spreads them.
        hash = unchecked((hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL);
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }
}
