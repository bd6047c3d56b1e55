using System.Globalization;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>Changes of a cluster in lines: what is alike on several nodes is one line.</summary>
internal static class ApplyView
{
    private const int Width = 80;

    public static Shape<ApplyDocument> Shape => new(ToolJson.Default.ApplyDocument, apply => apply.Cluster,
    [
        new("cluster", apply => apply.Cluster),
        new("situation", apply => apply.Situation),
        new("changes", apply => apply.Changes.Count.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("more a month", apply => Signed(apply.MonthlyMore)) { Right = true },
        new("bound", apply => Say.Span(TimeSpan.FromSeconds(apply.LeastSeconds))) { Right = true },
    ]);

    public static IEnumerable<string> Text(ApplyDocument apply)
    {
        if (apply.Changes.Count == 0)
        {
            return [$"{Say.Plain(apply.Cluster)}: stands as the plan says, nothing to do"];
        }

        var done = apply.Changes.Where(change => change.Does == "done").ToList();
        return
        [
            $"{Say.Plain(apply.Cluster)}: {Count(done)}",
            .. Lines(done),
            .. Titled("left as it is, since nobody said --prune or --rebuild:", apply.Changes.Where(change => change.Does == "held")),
            .. Titled("cannot be done:", apply.Changes.Where(change => change.Does == "refused")),
            .. done.Count == 0 ? [] : Facts.Lines(
                ("cost", $"{Signed(apply.MonthlyMore)} a month, then {Say.Money(apply.Cost.Monthly - Kept(change => change.Monthly))} a month, "
                    + Say.Hourly(apply.Cost.Hourly - Kept(change => change.Hourly))),
                ("time", $"bound {Say.Span(TimeSpan.FromSeconds(apply.LeastSeconds))}, {apply.Calls} API calls ({apply.Because})")),
        ];

        // What stays although the plan does not have it costs what it did.
        decimal Kept(Func<PlannedChangeDocument, decimal> price) => apply.Changes.Where(change => change.Does == "held").Sum(price);
    }

    /// <summary>What is lost, for who has to agree to it.</summary>
    public static IEnumerable<string> Lost(ApplyDocument apply) => Lines(apply.Changes.Where(IsLoss));

    public static bool IsLoss(PlannedChangeDocument change) => change.Does == "done" && (change.LosesData || change.How is "remove" or "rebuild");

    private static IEnumerable<string> Titled(string title, IEnumerable<PlannedChangeDocument> changes)
    {
        var lines = Lines(changes).ToList();
        return lines.Count == 0 ? [] : [title, .. lines];
    }

    private static string Count(IReadOnlyList<PlannedChangeDocument> done) => done.Count == 0 ? "nothing is done" : string.Join(", ", new[]
    {
        ("add", "to add"), ("in_place", "in place"), ("reboot", "with a reboot"), ("rebuild", "by making anew"), ("remove", "to remove"), ("later", "kept for later"),
    }.Select(way => (Number: done.Count(change => change.How == way.Item1), way.Item2)).Where(way => way.Number > 0).Select(way => $"{way.Number} {way.Item2}"));

    private static IEnumerable<string> Lines(IEnumerable<PlannedChangeDocument> changes) =>
        from change in changes
        group change by (change.How, change.What, change.Region, change.Group, change.Fact, Text: Move(change), change.Why, change.LosesData) into same
        let first = same.First()
        let labels = same.Select(change => change.Label).Distinct().ToList()
        let money = same.Sum(change => change.Monthly)
        from line in Line(first, labels, $"{Way(first)}{(money == 0 ? "" : $"  {Signed(money)}/mo")}")
        select line;

    // What does not fit one line says below it what is now and what is to be: texts of services and users are long.
    private static IEnumerable<string> Line(PlannedChangeDocument change, IReadOnlyList<string> labels, string tail)
    {
        var (head, why) = ($"  {Sign(change.How)} {Subject(change, labels)}", $"({Say.Plain(change.Why)})");
        var whole = $"{head}{Move(change)}{tail}  {why}";
        return whole.Length <= Width ? [whole]
            : change.Fact.Length == 0 || whole.Length - why.Length - 2 <= Width ? [$"{head}{Move(change)}{tail}", $"      {why}"]
            :
            [
                $"{head}: {Say.Plain(change.Fact)}{tail}", .. Wrapped("from  ", Said(change.From)), .. Wrapped("to    ", Said(change.To)), $"      {why}",
            ];
    }

    private static IEnumerable<string> Wrapped(string name, string text)
    {
        var line = $"      {name}";
        var room = line.Length;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length > Width && line.Length > room)
            {
                yield return line.TrimEnd();
                line = new string(' ', room);
            }

            line += $"{word} ";
        }

        yield return line.TrimEnd();
    }

    private static string Said(string? text) => Say.Plain(text is { Length: > 0 } ? text : "none");

    private static string Subject(PlannedChangeDocument change, IReadOnlyList<string> labels)
    {
        var place = change.Group is { } group ? $" {change.Region}/{group}" : "";
        var names = labels.Count switch { 1 => labels[0], 2 => $"{labels[0]}, {labels[1]}", _ => $"{labels[0]} … {Rest(labels[0], labels[^1])} ({labels.Count})" };
        return $"{change.What}{(change.What == "group" ? $" {change.Region}/" : place + " ")}{Say.Plain(names)}";
    }

    // Of several alike the last is told by what it does not share with the first.
    private static string Rest(string first, string last)
    {
        var same = first.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count();
        return last[(first[..same].LastIndexOf('-') + 1)..];
    }

    private static string Move(PlannedChangeDocument change) => (change.Fact, change.From, change.To) switch
    {
        ("", null, null) => "",
        ("", var from, null) => $": {Say.Plain(from)}",
        ("", _, var to) => $": {Say.Plain(to)}",
        (var fact, var from, var to) => $": {Say.Plain(fact)} {Said(from)} → {Said(to)}",
    };

    private static string Way(PlannedChangeDocument change) => (change.How, change.LosesData) switch
    {
        ("reboot", _) => ", reboots",
        ("rebuild", _) => ", made anew, LOSES DATA",
        ("later", _) => ", kept for later",
        (_, true) => ", LOSES DATA",
        _ => "",
    };

    private static string Sign(string how) => how switch { "add" => "+", "remove" => "-", "rebuild" => "!", "reboot" => "!", "refused" => "x", _ => "~" };

    private static string Signed(decimal money) => money < 0 ? $"-{Say.Money(-money)}" : $"+{Say.Money(money)}";
}
