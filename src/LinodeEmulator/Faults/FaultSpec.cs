using System.Globalization;

namespace LinodeEmulator.Faults;

/// <summary>Faults as text, for command lines:
/// <code>
/// EFFECT[=VALUE] [on METHOD PATH] [label=GLOB] [nth=N] [times=N] [chance=P]
///
/// delay=5s on GET /linode/instances/*          429=30s times=10            cut-after on POST /linode/instances nth=3
/// 408  429-html  500  502  503  maintenance    cut-before chance=0.1       sold-out=us-east
/// slow-boot=4 label=web-*                      endless-boot  failed-boot   host-gone  disk-full  quota=50  volume-quota=10
/// busy times=3  attach-refused                 slow-job=5    ssh-late=30s  console=delete label=web-* chance=0.2
///
/// bad-day  bad-day=7                           a mixture of these, drawn from the seed
/// </code>
/// A star stands for any text; METHOD may be <c>*</c>; PATH is what comes behind the version.</summary>
public static class FaultSpec
{
    /// <summary>The names of the effects, in the order of <see cref="FaultEffect"/>.</summary>
    public static IEnumerable<string> EffectNames => FaultEffects.All.Select(effect => effect.Name);

    /// <summary>Reads a rule, or all that a <c>bad-day</c> comes to.</summary>
    /// <param name="text">The rule, or <c>bad-day</c>, or that with a seed of its own: <c>bad-day=7</c>.</param>
    /// <param name="seed">What a bad day without a seed of its own is drawn from.</param>
    /// <exception cref="FormatException">It is neither; the message says why.</exception>
    public static IReadOnlyList<FaultRule> ParseAll(string text, long seed) => Pair(text.Trim()) switch
    {
        (BadDay.Name, null) => BadDay.Of(seed),
        (BadDay.Name, { } own) => BadDay.Of(
            long.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException($"{BadDay.Name} takes a seed and nothing else: {BadDay.Name}=7, not '{own}'")),
        _ => [Parse(text)],
    };

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is not one; the message says why.</exception>
    public static FaultRule Parse(string text)
    {
        var words = new Queue<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (!words.TryDequeue(out var first))
        {
            throw new FormatException("a fault begins with its effect: " + string.Join(", ", EffectNames));
        }

        var rule = Effect(first);
        while (words.TryDequeue(out var word))
        {
            rule = word == "on" ? rule with { Method = Method(words), Path = Next(words, "a path such as /linode/instances") } : Limited(rule, word);
        }

        return rule;
    }

    /// <summary>The rule as text, such that <see cref="Parse"/> gives it back.</summary>
    public static string Text(FaultRule rule)
    {
        var kind = FaultEffects.Of(rule.Effect);
        var value = kind.Takes switch
        {
            FaultValue.Time or FaultValue.TimeOrNone when rule.Time is { } time => Invariant($"={time.TotalSeconds}s"),
            FaultValue.Number => Invariant($"={rule.Number}"),
            FaultValue.RegionOrNone when rule.Region is { } region => $"={region}",
            FaultValue.Action => $"={rule.Action}",
            _ => "",
        };
        return kind.Name + value
            + (rule.Path is null && rule.Method is null ? "" : $" on {rule.Method ?? "*"} {rule.Path ?? "*"}")
            + (rule.Label is null ? "" : $" label={rule.Label}")
            + (rule.Nth is null ? "" : Invariant($" nth={rule.Nth}"))
            + (rule.Times is null ? "" : Invariant($" times={rule.Times}"))
            + (rule.Chance is null ? "" : Invariant($" chance={rule.Chance}"));
    }

    private static FaultRule Effect(string word)
    {
        var (name, value) = Pair(word);
        return FaultEffects.All.FirstOrDefault(known => known.Name == name) is { } kind
            ? WithValue(new FaultRule(kind.Effect), kind.Takes, name, value)
            : throw new FormatException($"'{name}' is no effect; known are {string.Join(", ", EffectNames)}, and the mixture {BadDay.Name}");
    }

    private static FaultRule WithValue(FaultRule rule, FaultValue takes, string name, string? value) => (takes, value) switch
    {
        (FaultValue.Time or FaultValue.TimeOrNone, { } time) => rule with { Time = Time(name, time) },
        (FaultValue.Number, { } number) => rule with { Number = Number(name, number) },
        (FaultValue.RegionOrNone, { } region) => rule with { Region = region },
        (FaultValue.Action, { } action) when FaultEffects.Actions.Contains(action) => rule with { Action = action },
        (FaultValue.Action, _) => throw new FormatException($"{name} needs what is done there: {string.Join(", ", FaultEffects.Actions)}"),
        (FaultValue.Time, null) => throw new FormatException($"{name} needs a time: {name}=5s"),
        (FaultValue.Number, null) => throw new FormatException($"{name} needs a number: {name}=3"),
        (_, null) => rule,
        _ => throw new FormatException($"{name} takes no value"),
    };

    private static FaultRule Limited(FaultRule rule, string word) => Pair(word) switch
    {
        ("label", { } label) => rule with { Label = label },
        ("nth", { } nth) => rule with { Nth = Whole("nth", nth) },
        ("times", { } times) => rule with { Times = Whole("times", times) },
        ("chance", { } chance) => rule with { Chance = Share(chance) },
        _ => throw new FormatException($"'{word}' is not understood: after the effect come on METHOD PATH, label=, nth=, times=, chance="),
    };

    private static (string Name, string? Value) Pair(string word) =>
        word.IndexOf('=') is var at and > 0 ? (word[..at], word[(at + 1)..]) : (word, null);

    private static string? Method(Queue<string> words) =>
        Next(words, "a method such as POST, or *") is var method and not "*" ? method.ToUpperInvariant() : null;

    private static string Next(Queue<string> words, string wanted) =>
        words.TryDequeue(out var word) ? word : throw new FormatException($"behind 'on' comes {wanted}");

    private static TimeSpan Time(string name, string text)
    {
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ when text.EndsWith('m') => (text[..^1], 60),
            _ => (text, 1.0),
        };
        return TimeSpan.FromSeconds(Number(name, digits) * unit);
    }

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"'{text}' is not a number that {name} can take");

    private static int Whole(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{name} should be a whole number from 1, not '{text}'");

    private static double Share(string text) =>
        Number("chance", text) is var chance and <= 1 ? chance : throw new FormatException($"chance should be from 0 to 1, not '{text}'");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
