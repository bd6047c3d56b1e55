using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Tests.Inventory.Queries;

public sealed class QueryProblemsTests
{
    [Theory]
    [InlineData("", "LCT1060", 1, "the query is empty")]
    [InlineData("  ", "LCT1060", 1, "the query is empty")]
    [InlineData("tag==x", "LCT1060", 4, "did you mean =?")]
    [InlineData("tag=x && region=y", "LCT1060", 7, "did you mean and?")]
    [InlineData("tag<>x", "LCT1060", 4, "did you mean !=?")]
    [InlineData("tag=x region=y", "LCT1060", 7, "\"region\" where and, or, or the end should be")]
    [InlineData("tag=", "LCT1060", 5, "the end where a value should be")]
    [InlineData("tag= and region=x", "LCT1060", 6, "the word itself in quotes: 'and'")]
    [InlineData("tag", "LCT1060", 4, "tag=VALUE")]
    [InlineData("tag not x", "LCT1060", 9, "\"x\" where = or another comparison of tag should be")]
    [InlineData("tag in x", "LCT1060", 8, "in (one, another)")]
    [InlineData("tag in (a", "LCT1060", 8, "the parenthesis is not closed")]
    [InlineData("tag in (a b)", "LCT1060", 11, "\"b\" where , or ) should be")]
    [InlineData("tag in ()", "LCT1060", 9, "a value should be")]
    [InlineData("(tag=a", "LCT1060", 1, "the parenthesis is not closed")]
    [InlineData("tag=a)", "LCT1060", 6, "\")\" where")]
    [InlineData("and tag=a", "LCT1060", 1, "\"and\" where the name of a field should be")]
    [InlineData("not", "LCT1060", 4, "the name of a field")]
    [InlineData("tag='x", "LCT1060", 5, "the quote ' is not closed")]
    [InlineData("tag=\"x'", "LCT1060", 5, "the quote \" is not closed")]
    [InlineData("tag=“x”", "LCT1060", 5, "typographic quote")]
    [InlineData("tag='a\u0007'", "LCT1060", 7, "control character")]
    [InlineData("regoin=x", "LCT1061", 1, "did you mean region?")]
    [InlineData("colour=x", "LCT1061", 1, "there are: cluster, tag")]
    [InlineData("state=redy", "LCT1062", 7, "did you mean ready?")]
    [InlineData("state=none", "LCT1062", 7, "state is never without a value")]
    [InlineData("state~", "LCT1060", 7, "a value")]
    [InlineData("ordinal=first", "LCT1062", 9, "a whole number")]
    [InlineData("id=-1", "LCT1062", 4, "a whole number")]
    [InlineData("price>cheap", "LCT1062", 7, "0.05")]
    [InlineData("age>yesterday", "LCT1062", 5, "3d")]
    [InlineData("age>3", "LCT1062", 5, "3d")]
    [InlineData("age>d", "LCT1062", 5, "3d")]
    [InlineData("age=3d", "LCT1063", 5, "no two nodes")]
    [InlineData("created=3d", "LCT1062", 9, "created<3d")]
    [InlineData("created>2026-13-01", "LCT1062", 9, "2026-03-01")]
    [InlineData("label>a", "LCT1063", 6, "= != ~ !~ and in")]
    [InlineData("id~7", "LCT1063", 3, "= < <= > and >=")]
    [InlineData("label=web-*", "LCT1062", 7, "label~web-*")]
    [InlineData("label!=web-*", "LCT1062", 8, "label!~web-*")]
    [InlineData("tag=''", "LCT1062", 5, "tag=none")]
    [InlineData("tag~\"\"", "LCT1062", 5, "tag=none")]
    public void What_is_wrong_is_told_with_its_column_and_what_to_write(string query, string code, int column, string said)
    {
        var problem = Problems(query)[^1];

        Assert.Equal((code, 1, column), (problem.Code, problem.Position!.Value.Line, problem.Position.Value.Column));
        Assert.Equal(query, problem.SourceLine);
        Assert.Contains(said, string.Join('\n', problem.Fixes.Append(problem.What).Append(problem.Why)));
        Assert.Equal(1, problem.Family);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => Assert.Equal(
        ["LCT1061 1:1", "LCT1062 2:7", "LCT1063 2:26", "LCT1060 2:32"],
        Problems("colour=x and\nstate=redy and not (label>x or )")
            .Select(problem => $"{problem.Code} {problem.Position!.Value.Line}:{problem.Position.Value.Column}"));

    [Fact]
    public void What_would_fill_a_stack_or_a_statement_is_refused()
    {
        string Many(string by, int count, string part) => string.Join(by, Enumerable.Repeat(part, count));

        Assert.All(
            [
                new string('(', 10_000), new string('(', 51) + "tag=a" + new string(')', 51), Many(" or ", 101, "tag=a"),
                $"tag in ({Many(",", 1001, "a")})", $"tag={new string('a', 17_000)}",
            ],
            query => Assert.Equal("LCT1064", Problems(query)[^1].Code));
        Assert.Equal("LCT1064", Problems($"{new string('(', 100_000)}tag=a{new string(')', 100_000)}")[^1].Code);
    }

    [Fact]
    public void Whatever_is_written_is_a_query_or_a_problem()
    {
        string[] parts =
        [
            "tag", "=", "!=", "~", "(", ")", "in", "not", "and", "or", "'", "\"", ",", "a*", "none", "age", ">",
            "3d", "price", " ", "!", "\ud83d", "\0", "’", "state", "2026-01-01", "created",
        ];
        var random = new Random(7);
        for (var turn = 0; turn < 5000; turn++)
        {
            string Part() => parts[random.Next(parts.Length)] + (random.Next(2) == 0 ? " " : "");
            var query = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Part()));
            try
            {
                NodeFilter.Parse(query);
            }
            catch (LinodeToolkitException told)
            {
                Assert.All(told.Problems, problem => Assert.NotNull(problem.Position));
            }
        }
    }

    private static IReadOnlyList<Problem> Problems(string query) => Assert.Throws<LinodeToolkitException>(() => NodeFilter.Parse(query)).Problems;
}
