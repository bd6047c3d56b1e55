using LinodeEmulator.Faults;

namespace LinodeEmulator.Tests.Faults;

public sealed class BadDayTests
{
    private static readonly IReadOnlyList<long> Seeds = [.. Enumerable.Range(1, 200).Select(seed => (long)seed)];

    [Fact]
    public void Is_the_same_for_the_same_seed_and_another_for_another()
    {
        Assert.All(Seeds, seed => Assert.Equal(BadDay.Of(seed), BadDay.Of(seed)));
        Assert.Equal(Seeds.Count, Seeds.Select(Text).Distinct().Count());
    }

    [Fact]
    public void Comes_to_rules_that_can_be_written_down() =>
        Assert.All(Seeds.SelectMany(BadDay.Of), rule => Assert.Equal(rule, FaultSpec.Parse(FaultSpec.Text(rule))));

    [Fact]
    public void Is_mostly_three_to_six_kinds_of_trouble_and_never_none()
    {
        var counts = Seeds.Select(seed => BadDay.KindsOf(seed).Count()).ToList();
        Assert.All(counts, count => Assert.InRange(count, 1, 6));
        Assert.InRange(counts.Count(count => count >= 3), 140, 190);
    }

    [Fact]
    public void Knows_each_kind_of_trouble_alone_and_mixed()
    {
        var days = Enumerable.Range(1, 1000).Select(seed => BadDay.KindsOf(seed).ToList()).ToList();
        Assert.Equal(BadDay.AllKinds, BadDay.AllKinds.Where(kind => days.Take(200).Any(day => day.Contains(kind) && day.Count > 1)));
        Assert.Equal(BadDay.AllKinds, BadDay.AllKinds.Where(kind => days.Any(day => day is [var only] && only == kind)));
    }

    [Theory]
    [InlineData("bad-day", 7)]
    [InlineData("bad-day=8", 8)]
    public void Is_drawn_from_its_own_seed_or_else_from_the_emulators(string spec, long seed) =>
        Assert.Equal(BadDay.Of(seed), FaultSpec.ParseAll(spec, seed: 7));

    [Theory]
    [InlineData("bad-day=tomorrow")]
    [InlineData("bad-day=7 times=3")]
    public void Takes_a_seed_and_nothing_else(string spec) => Assert.Contains(
        "bad-day takes a seed and nothing else", Assert.Throws<FormatException>(() => FaultSpec.ParseAll(spec, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--seed", "7", "--fault", "bad-day")]
    [InlineData("--fault", "bad-day", "--seed", "7")]
    public void Is_drawn_from_the_programs_seed_wherever_that_stands(params string[] words) =>
        Assert.Equal(BadDay.Of(7), CommandLine.Parse(words).Faults);

    [Fact]
    public async Task Is_set_and_shown_and_lifted_over_the_control_plane()
    {
        await using var cloud = new TestCloud();
        var set = (await cloud.PostAsync("/_emulator/faults", """{"spec":"bad-day=7"}""")).Json.AsArray();
        Assert.Equal(Text(7), string.Join('\n', set.Select(fault => (string)fault!["spec"]!)));
        var shown = (await cloud.GetAsync("/_emulator/faults")).Json.AsArray();
        Assert.Equal(Text(7), string.Join('\n', shown.Select(fault => (string)fault!["spec"]!)));
        var status = (await cloud.GetAsync("/_emulator/status")).Json["faults"]!.AsArray();
        Assert.Equal(Text(7), string.Join('\n', status.Select(spec => (string)spec!)));
        await cloud.DeleteAsync("/_emulator/faults");
        Assert.Equal("[]", (await cloud.GetAsync("/_emulator/faults")).Text);
    }

    private static string Text(long seed) => string.Join('\n', BadDay.Of(seed).Select(FaultSpec.Text));
}
