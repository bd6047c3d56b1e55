namespace LinodeEmulator.Limits;

internal readonly record struct LimitVerdict(bool Passed, int Limit, int Remaining, DateTime Reset)
{
    public int SecondsLeft(DateTime now) => Math.Max(1, (int)Math.Ceiling((Reset - now).TotalSeconds));
}

/// <summary>Counts requests by caller and class. Windows are fixed, not sliding: the first request starts one, and the first after its end the
/// next.</summary>
internal sealed class RateLimiter(RateLimits limits)
{
    private readonly Dictionary<(string Caller, LimitClass Limited), Counter[]> _counters = [];

    public LimitVerdict Count(string caller, LimitClass limited, DateTime now)
    {
        var layers = Layers(caller, limited);
        foreach (var layer in layers)
        {
            layer.Turn(now);
        }

        // What is refused counts in the outer window too: hammering makes it worse.
        var outer = layers[^1];
        outer.Count++;
        if (outer.Count > outer.Window.Requests)
        {
            return outer.Verdict(passed: false);
        }

        foreach (var inner in layers.AsSpan(0, layers.Length - 1))
        {
            if (inner.Count >= inner.Window.Requests)
            {
                return inner.Verdict(passed: false);
            }

            inner.Count++;
        }

        return outer.Verdict(passed: true);
    }

    public void Clear() => _counters.Clear();

    private Counter[] Layers(string caller, LimitClass limited)
    {
        if (!_counters.TryGetValue((caller, limited), out var layers))
        {
            layers = [.. limits.Windows[limited].Select(window => new Counter(window))];
            _counters.Add((caller, limited), layers);
        }

        return layers;
    }

    private sealed class Counter(LimitWindow window)
    {
        private DateTime _ends = DateTime.MinValue;

        public LimitWindow Window => window;

        public int Count { get; set; }

        public void Turn(DateTime now)
        {
            if (now >= _ends)
            {
                _ends = now + window.Length;
                Count = 0;
            }
        }

        public LimitVerdict Verdict(bool passed) => new(passed, window.Requests, Math.Max(0, window.Requests - Count), _ends);
    }
}
