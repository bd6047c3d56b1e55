using LinodeEmulator.Faults;

namespace LinodeEmulator.Tests.Faults;

public sealed class FaultSpecTests
{
    [Theory]
    [InlineData("delay=5s on GET /linode/instances/*")]
    [InlineData("429=30s times=10")]
    [InlineData("429-html")]
    [InlineData("cut-after on POST /linode/instances nth=3")]
    [InlineData("cut-before chance=0.25")]
    [InlineData("slow-boot=4 label=web-*")]
    [InlineData("sold-out=us-east")]
    [InlineData("sold-out")]
    [InlineData("quota=50")]
    [InlineData("busy times=3")]
    [InlineData("attach-refused label=data-*")]
    [InlineData("slow-job=2.5 chance=0.5")]
    [InlineData("ssh-late=45s label=web-1")]
    [InlineData("console=delete chance=0.2")]
    [InlineData("500 on * /volumes* label=data nth=2 times=3 chance=0.5")]
    public void Reads_what_it_writes(string spec) => Assert.Equal(spec, FaultSpec.Text(FaultSpec.Parse(spec)));

    [Theory]
    [InlineData("delay=1500ms", 1.5)]
    [InlineData("delay=2m", 120)]
    [InlineData("delay=7", 7)]
    public void Reads_times_in_several_units(string spec, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), FaultSpec.Parse(spec).Time);

    [Theory]
    [InlineData("", "a fault begins with its effect")]
    [InlineData("explode", "'explode' is no effect")]
    [InlineData("delay", "delay needs a time")]
    [InlineData("quota", "quota needs a number")]
    [InlineData("quota=many", "'many' is not a number")]
    [InlineData("500=3", "500 takes no value")]
    [InlineData("ssh-late", "ssh-late needs a time")]
    [InlineData("console", "console needs what is done there: delete, shutdown")]
    [InlineData("console=explode", "console needs what is done there")]
    [InlineData("500 on POST", "behind 'on' comes a path")]
    [InlineData("500 nth=0", "nth should be a whole number from 1")]
    [InlineData("500 chance=2", "chance should be from 0 to 1")]
    [InlineData("500 sometimes", "'sometimes' is not understood")]
    public void Says_what_it_does_not_understand(string spec, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => FaultSpec.Parse(spec)).Message, StringComparison.Ordinal);

    [Fact]
    public void Knows_each_effect_by_a_name() => Assert.Equal(Enum.GetValues<FaultEffect>().Length, FaultSpec.EffectNames.Distinct().Count());

    [Theory]
    [InlineData("/linode/instances/*", "/linode/instances/5/boot", true)]
    [InlineData("/linode/instances/*/boot", "/linode/instances/5/boot", true)]
    [InlineData("/linode/instances/*/boot", "/linode/instances/boot", false)]
    [InlineData("*", "", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "axxbyyc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("web-1", "web-10", false)]
    public void Matches_with_stars(string pattern, string text, bool matches) => Assert.Equal(matches, Glob.Matches(pattern, text));
}
