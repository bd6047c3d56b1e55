using System.Globalization;

namespace Properties.Tests;

/// <summary>The cases that follow from an undisturbed run.</summary>
/// <param name="Requests">Its requests, as faults name them.</param>
/// <param name="Commits">How many commits it had.</param>
/// <param name="Seed">What its world was drawn from.</param>
internal sealed record CaseList(IReadOnlyList<string> Requests, int Commits, long Seed)
{
    /// <summary>Lost before and after its effect, refused in every way that may be tried again, and later than anybody waits.</summary>
    public static readonly IReadOnlyList<string> Effects = ["cut-before", "cut-after", "408", "429", "500", "502", "delay=31s"];

    /// <summary>Every effect at every request.</summary>
    public IReadOnlyList<Case> AtRequests =>
        [.. from request in Requests from effect in Effects select new Case(Seed, [new Trouble.Fault($"{effect} {request}")])];

    /// <summary>Death right before and right after every commit.</summary>
    public IReadOnlyList<Case> AtCommits =>
    [
        .. from commit in Enumerable.Range(1, Commits)
           from before in (bool[])[true, false]
           select new Case(Seed, [new Trouble.Death(commit, before)]),
    ];

    /// <summary>Several faults and up to two deaths in one run, drawn from a number.</summary>
    /// <remarks>In every other one each answer takes a while, so that who dies has requests under way which are heard after its death.</remarks>
    public Case Mixed(int number)
    {
        var random = new Random(number);
        var faults = Enumerable.Range(0, random.Next(2, 9))
            .Select(_ => (Trouble)new Trouble.Fault($"{Effects[random.Next(Effects.Count)]} {Requests[random.Next(Requests.Count)]}"))
            .Distinct().ToList();
        var deaths = Enumerable.Range(0, random.Next(0, 3))
            .Select(_ => (Trouble)new Trouble.Death(random.Next(1, Commits + 1), random.Next(2) == 0)).ToList();
        IEnumerable<Trouble> slow = number % 2 == 0 ? [new Trouble.Fault("delay=3s on POST *")] : [];
        return new Case(number, [.. slow, .. faults, .. deaths]);
    }

    /// <summary>One in so many, such that every group of neighbours is met, and none of its kinds alone.</summary>
    /// <remarks>The effects of a request are neighbours, and so are the two deaths of a commit: with each group the choice moves on by one.</remarks>
    public static IReadOnlyList<Case> Share(IReadOnlyList<Case> all, int group, int oneIn, int shift) =>
        [.. all.Where((_, index) => ((index % group) + (index / group) + shift) % oneIn == 0)];

    public static CaseList Read(IReadOnlyList<string> lines, long seed) =>
        new([.. lines.SkipLast(1)], int.Parse(lines[^1], CultureInfo.InvariantCulture), seed);
}
