using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class BadPlansTests
{
    [Theory]
    [MemberData(nameof(BadPlans.Texts), MemberType = typeof(BadPlans))]
    public void Every_bad_plan_is_refused_at_its_place_with_a_way_out(string code, string text)
    {
        var mark = text.IndexOf('»', StringComparison.Ordinal);
        var before = text[..mark];
        var expected = new SourcePosition("plan.yaml", before.Count(letter => letter == '\n') + 1, mark - before.LastIndexOf('\n'));

        AssertRefused(text.Remove(mark, 1), code, expected);
    }

    [Theory]
    [MemberData(nameof(BadPlans.Bombs), MemberType = typeof(BadPlans))]
    public void Bombs_are_refused_before_anything_is_built_of_them(string text, string code, int line, int column) =>
        AssertRefused(text, code, new SourcePosition("plan.yaml", line, column));

    [Fact]
    public void Random_damage_to_a_plan_never_throws()
    {
        var (plan, random) = (PlanTexts.Data("ha-wordpress-2017.yaml"), new Random(4711));
        const string Splinters = "{}[]:-'\"&*!|>%@`#,?\t\n x\u2028\u00e9";
        for (var round = 0; round < 400; round++)
        {
            var text = new StringBuilder(plan);
            for (var hit = random.Next(1, 6); hit > 0; hit--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, Math.Min(random.Next(0, 12), text.Length - at)).Insert(at, Splinters[random.Next(Splinters.Length)]);
            }

            var result = PlanTexts.Resolve(text.ToString());

            Assert.All(result.Problems, problem => Assert.NotEmpty(problem.Fixes));
        }
    }

    private static void AssertRefused(string text, string code, SourcePosition expected)
    {
        var result = PlanTexts.Resolve(text);

        Assert.Null(result.Value);
        var problem = Assert.Single(result.Errors, one => one.Code == code && one.Position == expected);
        Assert.Equal(2, problem.Family);
        Assert.NotEmpty(problem.What);
        Assert.NotEmpty(problem.Fixes);
        Assert.All(result.Problems, one => Assert.NotEmpty(one.Fixes));
    }
}
