using System.Collections.Frozen;

namespace LinodeEmulator.Limits;

/// <summary>The requests that share a limit.</summary>
public enum LimitClass
{
    /// <summary>Everything that is in no other class.</summary>
    General,

    /// <summary>Collections that come in pages.</summary>
    List,

    /// <summary>Creating or cloning a Linode.</summary>
    CreateLinode,

    /// <summary>Creating a volume.</summary>
    CreateVolume,

    /// <summary>Listing images.</summary>
    ListImages,

    /// <summary>Listing StackScripts.</summary>
    ListStackScripts,

    /// <summary>Statistics.</summary>
    Stats,

    /// <summary>Every action of API v3; each of a batch counts.</summary>
    V3,

    /// <summary>Creating or cloning a Linode through API v3.</summary>
    V3AddLinode,
}

/// <summary>So many requests in a time that begins with the first of them.</summary>
public readonly record struct LimitWindow(int Requests, TimeSpan Length);

/// <summary>The windows of each class, the inner one first: every request counts in the outer one, the inner one counts what passed.</summary>
public sealed record RateLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly LimitWindow Boundless = new(1_000_000_000, Minute);

    private RateLimits(string name, IReadOnlyDictionary<LimitClass, IReadOnlyList<LimitWindow>> windows)
    {
        Name = name;
        Windows = windows;
    }

    /// <summary>The limits as they are documented.</summary>
    public static RateLimits Documented { get; } = new("documented", new Dictionary<LimitClass, IReadOnlyList<LimitWindow>>
    {
        [LimitClass.General] = [new(1600, Minute)],
        [LimitClass.List] = [new(200, Minute)],
        [LimitClass.CreateLinode] = [new(20, TimeSpan.FromSeconds(15))],
        [LimitClass.CreateVolume] = [new(100, Minute)],
        [LimitClass.ListImages] = [new(20, Minute)],
        [LimitClass.ListStackScripts] = [new(60, Minute)],
        [LimitClass.Stats] = [new(50, Minute)],
        [LimitClass.V3] = [Boundless],
        [LimitClass.V3AddLinode] = [new(250, TimeSpan.FromHours(1))],
    }.ToFrozenDictionary());

    /// <summary>No limit that anyone would meet; the headers still come.</summary>
    public static RateLimits None { get; } = new("none", Enum.GetValues<LimitClass>()
        .ToFrozenDictionary(limited => limited, _ => (IReadOnlyList<LimitWindow>)[Boundless]));

    /// <summary>What they are called in the status.</summary>
    public string Name { get; }

    /// <summary>The windows of each class, the inner one first.</summary>
    public IReadOnlyDictionary<LimitClass, IReadOnlyList<LimitWindow>> Windows { get; }

    /// <summary>The same, but for one class. Two windows are stacked as the platform did in 2024: <c>5 in 15 s</c> inside <c>10 in 30
    /// s</c>.</summary>
    public RateLimits With(LimitClass limited, params IEnumerable<LimitWindow> windows) =>
        new(Name.EndsWith('+') ? Name : Name + "+", new Dictionary<LimitClass, IReadOnlyList<LimitWindow>>(Windows) { [limited] = [.. windows] });
}
