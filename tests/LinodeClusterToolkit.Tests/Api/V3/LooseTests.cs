using System.Text.Json;
using LinodeClusterToolkit.Api.V3;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class LooseTests
{
    [Fact]
    public void A_Linode_is_read_as_it_was_recorded()
    {
        var node = Read(
            """
            {"LINODEID":3202788,"LABEL":42,"LPM_DISPLAYGROUP":"","STATUS":"1","DATACENTERID":6,"PLANID":"","TOTALRAM":2048,"TOTALHD":"30720",
             "WATCHDOG":1,"BACKUPSENABLED":0,"BACKUPWINDOW":"","BACKUPWEEKLYDAY":"","ALERT_CPU_THRESHOLD":90,
             "DISTRIBUTIONVENDOR":"Ubuntu","ISXEN":false,"ISKVM":true,"CREATE_DT":"2017-05-09 17:06:40.0","SOMETHING_NEW":{"a":[1]}}
            """);
        Assert.Equal((3202788, "42", "", 1), (node.LinodeId, node.Label, node.DisplayGroup, node.Status));
        Assert.Equal((null, 30720, null), (node.PlanId, node.TotalHd, node.BackupWeeklyDay));
        Assert.Equal((true, false), (node.Watchdog, node.BackupsEnabled));
        Assert.Equal((false, true), (node.IsXen, node.IsKvm));
        Assert.Equal(new DateTimeOffset(2017, 5, 9, 21, 6, 40, TimeSpan.Zero), node.Created);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("\"maybe\"", null)]
    public void Flags_come_in_many_ways(string json, bool? expected) =>
        Assert.Equal(expected, Read($$"""{"LINODEID":7,"WATCHDOG":{{json}}}""").Watchdog);

    [Theory]
    [InlineData("500", 500)]
    [InlineData("\"500\"", 500)]
    [InlineData("500.0", 500)]
    [InlineData("\" 500 \"", 500)]
    [InlineData("-1", -1)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999", null)]
    [InlineData("\"many\"", null)]
    [InlineData("[1]", null)]
    public void Numbers_come_as_text_or_as_nothing(string json, int? expected) =>
        Assert.Equal(expected, Read($$"""{"LINODEID":7,"STATUS":{{json}}}""").Status);

    [Theory]
    [InlineData("\"web-1\"", "web-1")]
    [InlineData("42", "42")]
    [InlineData("1.50", "1.50")]
    [InlineData("\"ends in a blank \"", "ends in a blank ")]
    [InlineData("null", "")]
    public void Texts_that_look_like_numbers_come_as_numbers(string json, string expected) =>
        Assert.Equal(expected, Read($$"""{"LINODEID":7,"LABEL":{{json}}}""").Label);

    [Theory]
    [InlineData("\"7\"", 7)]
    [InlineData("7.0", 7)]
    [InlineData("9000000000", 9_000_000_000)]
    public void Ids_may_be_text(string json, long expected) => Assert.Equal(expected, Read($$"""{"LinodeID":{{json}}}""").LinodeId);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"LINODEID":""}""")]
    [InlineData("""{"LINODEID":null}""")]
    [InlineData("""{"LINODEID":"seven"}""")]
    public void A_row_without_its_id_is_none(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Prices_stock_and_lists_of_distributions_are_read_as_they_were_recorded()
    {
        var plan = JsonSerializer.Deserialize(
            """[{"CORES":1,"PRICE":10.00,"RAM":2048,"XFER":2000,"PLANID":2,"AVAIL":{"3":500,"2":"26"},"DISK":30,"HOURLY":"0.015"}]""",
            V3Json.Default.IReadOnlyListPlanReply)!.Single();
        Assert.Equal((10m, 0.015m, 500, 26), (plan.Price, plan.Hourly, plan.Avail!["3"], plan.Avail["2"]));
        var scripts = JsonSerializer.Deserialize(
            """[{"STACKSCRIPTID":1,"DISTRIBUTIONIDLIST":127},{"STACKSCRIPTID":2,"DISTRIBUTIONIDLIST":"130,"}]""",
            V3Json.Default.IReadOnlyListStackScriptReply)!;
        Assert.Equal([127, 130], scripts.SelectMany(script => script.DistributionIds));
    }

    [Theory]
    [InlineData("2017-05-09 17:06:40.0", "2017-05-09T21:06:40Z")]
    [InlineData("2017-01-09 17:06:40.0", "2017-01-09T22:06:40Z")]
    [InlineData("2017-05-09 17:06:40", "2017-05-09T21:06:40Z")]
    [InlineData("2017-03-12 01:59:59.0", "2017-03-12T06:59:59Z")] // the last second of winter
    [InlineData("2017-03-12 03:00:00.0", "2017-03-12T07:00:00Z")] // the first of summer, a second later
    [InlineData("2017-11-05 00:59:59.0", "2017-11-05T04:59:59Z")]
    [InlineData("2017-11-05 01:30:00.0", "2017-11-05T05:30:00Z")] // there are two of these: the earlier
    [InlineData("2017-11-05 02:00:00.0", "2017-11-05T07:00:00Z")]
    [InlineData("2020-03-08 03:00:00.0", "2020-03-08T07:00:00Z")] // the earliest day it can be
    [InlineData("2020-11-01 02:00:00.0", "2020-11-01T07:00:00Z")]
    [InlineData("2026-12-31 23:00:00.0", "2027-01-01T04:00:00Z")]
    public void Times_are_wall_time_of_New_York(string wall, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), NewYorkTime.Read(wall));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("2017-13-41 00:00:00.0")]
    public void What_is_no_time_is_none(string? text) => Assert.Null(NewYorkTime.Read(text));

    [Fact]
    public void Clocks_agree_with_the_machine_s_table_of_zones_through_a_whole_year()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone))
        {
            return; // a machine without the table is what the rule is for
        }

        var start = new DateTime(2026, 1, 1, 0, 30, 0);
        Assert.All(Enumerable.Range(0, 365 * 24).Select(hour => start.AddHours(hour)).Where(wall => !zone.IsInvalidTime(wall)), wall => Assert.Equal(
            new DateTimeOffset(wall, zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall)),
            NewYorkTime.ToUtc(wall)));
    }

    private static LinodeReply Read(string json) => JsonSerializer.Deserialize($"[{json}]", V3Json.Default.IReadOnlyListLinodeReply)!.Single();
}
