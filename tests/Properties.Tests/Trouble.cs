using System.Globalization;

namespace Properties.Tests;

/// <summary>One thing that goes wrong in a run; as text it is part of a line.</summary>
internal abstract record Trouble
{
    private const string Faulty = "fault ";
    private const string Deadly = "death ";

    public static Trouble Parse(string text) => text switch
    {
        _ when text.StartsWith(Faulty, StringComparison.Ordinal) => new Fault(text[Faulty.Length..]),
        _ when text.StartsWith(Deadly, StringComparison.Ordinal) && text.Split(' ') is [_, var moment, _, var commit] =>
            new Death(int.Parse(commit, CultureInfo.InvariantCulture), moment == "before"),
        _ => throw new FormatException($"'{text}' is no trouble"),
    };

    /// <summary>An answer that is lost, late or wrong; the text is as the emulator reads its faults.</summary>
    public sealed record Fault(string Spec) : Trouble
    {
        public override string ToString() => Faulty + Spec;
    }

    /// <summary>A process that is killed at one of its commits: the first death of a case kills the first process, the next one that which resumes.</summary>
    public sealed record Death(int Commit, bool Before) : Trouble
    {
        public override string ToString() => FormattableString.Invariant($"{Deadly}{(Before ? "before" : "after")} commit {Commit}");
    }
}

/// <summary>A run that is to be disturbed, as data: <c>seed 1; fault 502 on POST /volumes nth=2; death before commit 17</c>.</summary>
internal sealed record Case(long Seed, IReadOnlyList<Trouble> Troubles)
{
    public static Case Parse(string line)
    {
        var parts = line.Split("; ");
        return new Case(long.Parse(parts[0]["seed ".Length..], CultureInfo.InvariantCulture), [.. parts.Skip(1).Select(Trouble.Parse)]);
    }

    public override string ToString() => string.Join("; ", Troubles.Select(trouble => trouble.ToString()!).Prepend($"seed {Seed}"));
}

/// <summary>How a case ended.</summary>
/// <param name="Wrong">What is not as it should be; nothing where all is well.</param>
/// <param name="Met">How many of its troubles happened: a run may have fewer requests or commits than the one the case was made of.</param>
/// <param name="Resumes">How often it had to be gone on with.</param>
internal sealed record Verdict(IReadOnlyList<string> Wrong, int Met, int Resumes)
{
    public static Verdict Parse(string line)
    {
        var parts = line.Split('\t');
        return new Verdict([.. parts.Skip(2)], int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Join('\t', Wrong.Select(OneLine).Prepend($"{Resumes}").Prepend($"{Met}"));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
