using LinodeEmulator.State;

namespace LinodeEmulator.Faults;

/// <summary>A mixture of troubles drawn from a seed, as users of the platform know them: mostly three to six kinds, now and then one or two. It
/// names no labels, since it cannot know them; its chances are drawn for whatever labels there will be.</summary>
internal static class BadDay
{
    public const string Name = "bad-day";

    private static readonly (string Name, Func<Dice, IEnumerable<FaultRule>> Rules)[] All =
    [
        ("broken creates", dice => Broken(dice, dice.Whole("effects", 1, 2))),
        ("timeouts of creates", dice => [Creates(FaultEffect.RequestTimeout, "/linode/instances") with { Chance = dice.Share("chance", 0.2, 0.6) }]),
        ("429 storm", dice => [new(FaultEffect.TooManyRequests)
        {
            Time = TimeSpan.FromSeconds(dice.Whole("wait", 2, 15)), Nth = dice.Whole("from", 10, 60), Times = dice.Whole("requests", 5, 40),
        }]),
        ("sold out", dice => [new(FaultEffect.SoldOut)
        {
            Region = dice.Of("region", null, null, "us-east", "eu-central"), Nth = dice.Whole("from", 3, 15), Times = 1_000_000,
        }]),
        ("quota", dice => dice.Whole("of volumes", 0, 2) == 0
            ? [Number(FaultEffect.LinodeQuota, dice.Whole("linodes", 2, 20)), Number(FaultEffect.VolumeQuota, dice.Whole("volumes", 1, 4))]
            : [Number(FaultEffect.LinodeQuota, dice.Whole("linodes", 2, 20))]),
        ("slow boots", dice => [Number(FaultEffect.SlowBoot, dice.Whole("slower", 2, 8)) with { Chance = dice.Share("chance", 0.2, 0.7) }]),
        ("endless boots", dice => [Sometimes(dice, FaultEffect.EndlessBoot, 0.1, 0.35)]),
        ("failed boots", dice => [new(FaultEffect.FailedBoot) { Chance = dice.Share("chance", 0.1, 0.4) }]),
        ("late SSH", dice => [new(FaultEffect.SshLate)
        {
            Time = TimeSpan.FromSeconds(dice.Whole("seconds", 10, 90)), Chance = dice.Share("chance", 0.2, 0.7),
        }]),
        ("lost hosts", dice => [Sometimes(dice, FaultEffect.HostGone, 0.05, 0.25)]),
        ("console", Visits),
        ("busy", dice => [new(FaultEffect.Busy) { Chance = dice.Share("chance", 0.1, 0.5) }]),
        ("attach refused", dice => [new(FaultEffect.AttachRefused) { Chance = dice.Share("chance", 0.2, 0.6) }]),
        ("slow jobs", dice => [Number(FaultEffect.SlowJob, dice.Whole("slower", 2, 8)) with { Chance = dice.Share("chance", 0.3, 0.9) }]),
    ];

    private static readonly FaultEffect[] Breaks =
    [
        FaultEffect.InternalError, FaultEffect.BadGateway, FaultEffect.Unavailable, FaultEffect.RequestTimeout, FaultEffect.CutBefore,
        FaultEffect.CutAfter,
    ];

    /// <summary>Each kind of trouble there is.</summary>
    public static IEnumerable<string> AllKinds => All.Select(kind => kind.Name);

    /// <summary>What goes wrong on the day of this seed.</summary>
    public static IReadOnlyList<FaultRule> Of(long seed) => [.. Drawn(seed).SelectMany(kind => kind.Rules(new Dice(seed, kind.Name)))];

    /// <summary>The kinds of trouble that the day of this seed has.</summary>
    public static IEnumerable<string> KindsOf(long seed) => Drawn(seed).Select(kind => kind.Name);

    private static IEnumerable<(string Name, Func<Dice, IEnumerable<FaultRule>> Rules)> Drawn(long seed)
    {
        var day = new Dice(seed, Name);
        var few = day.Whole("few", 1, 10);
        var picked = All.OrderBy(kind => day.Draw(kind.Name)).Take(few <= 2 ? few : day.Whole("kinds", 3, 6)).ToHashSet();
        return All.Where(picked.Contains);
    }

    private static IEnumerable<FaultRule> Broken(Dice dice, int effects) =>
        Breaks.OrderBy(effect => dice.Draw($"{effect}")).Take(effects).Select(effect =>
            Creates(effect, dice.Of($"path of {effect}", "/linode/instances", "/linode/instances", "/volumes", "*")!) with
            {
                Chance = dice.Share($"chance of {effect}", 0.1, 0.35),
            });

    private static IEnumerable<FaultRule> Visits(Dice dice) =>
        FaultEffects.Actions.OrderBy(dice.Draw).Take(dice.Whole("actions", 1, 2)).Select(action =>
            new FaultRule(FaultEffect.Console) { Action = action, Chance = dice.Share($"chance of {action}", 0.05, 0.3) });

    /// <summary>Half of such days a second try helps, since the trouble is used up by then.</summary>
    private static FaultRule Sometimes(Dice dice, FaultEffect effect, double least, double most) =>
        new(effect) { Chance = dice.Share("chance", least, most), Times = dice.Whole("ends", 0, 1) == 0 ? null : dice.Whole("times", 1, 3) };

    private static FaultRule Creates(FaultEffect effect, string path) => new(effect) { Method = "POST", Path = path };

    private static FaultRule Number(FaultEffect effect, int number) => new(effect) { Number = number };

    private sealed class Dice(long seed, string kind)
    {
        public double Draw(string what) => Chance.Draw(seed, kind, what);

        public int Whole(string what, int least, int most) => least + (int)(Draw(what) * (most - least + 1));

        /// <summary>In hundredths.</summary>
        public double Share(string what, double least, double most) => Math.Round(least + (Draw(what) * (most - least)), 2);

        public string? Of(string what, params ReadOnlySpan<string?> choices) => choices[Whole(what, 0, choices.Length - 1)];
    }
}
