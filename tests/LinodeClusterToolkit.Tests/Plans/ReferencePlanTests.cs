using System.Text.Json;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Tests.Plans;

public class ReferencePlanTests
{
    // These take the same keys as another shape; the reference shows them there.
    private static readonly Dictionary<string, string> SameKeys = new() { ["defaults"] = "node group", ["balancer port"] = "nodebalancer" };

    [Fact]
    public void The_reference_plan_holds_every_key_the_reader_declares_and_no_other()
    {
        var shown = new HashSet<string>();
        Show(Tree(), RootKeys.Plan, shown);

        Assert.Equal(Declared(RootKeys.Plan).Order(), shown.Order());
    }

    [Fact]
    public void The_schema_holds_every_key_the_reader_declares_and_no_other()
    {
        using var schema = JsonDocument.Parse(PlanSchema.Write());
        var keys = Keys("plan", schema.RootElement)
            .Concat(schema.RootElement.GetProperty("definitions").EnumerateObject().SelectMany(shape => Keys(shape.Name, shape.Value)));

        Assert.Equal(Declared(RootKeys.Plan).Order(), keys.Distinct().Order());

        static IEnumerable<string> Keys(string shape, JsonElement definition) =>
            definition.GetProperty("properties").EnumerateObject()
                .Where(key => !key.Value.GetProperty("description").GetString()!.StartsWith("Another name of", StringComparison.Ordinal))
                .Select(key => Name(shape, key.Name));
    }

    [Fact]
    public void Every_reference_inside_the_schema_leads_somewhere_and_every_key_is_described()
    {
        using var schema = JsonDocument.Parse(PlanSchema.Write());
        var definitions = schema.RootElement.GetProperty("definitions").EnumerateObject()
            .Select(shape => $"#/definitions/{Uri.EscapeDataString(shape.Name)}").ToHashSet();
        var text = PlanSchema.Write();

        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
        Assert.All(
            text.Split('\n').Where(line => line.Contains("\"$ref\"", StringComparison.Ordinal)).Select(line => line.Split('"')[3]),
            reference => Assert.Contains(reference, definitions));
        Assert.All(Shapes(RootKeys.Plan).SelectMany(shape => shape.Keys), key => Assert.EndsWith(".", key.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_plan_has_no_mistake_but_what_comes_later() =>
        Assert.All(PlanTexts.Resolve(PlanTexts.Shipped("reference.yaml")).Problems, problem => Assert.Equal("LCT2090", problem.Code));

    private static PlanNode Tree() => YamlTreeReader.Read(new PlanText(PlanTexts.Source(PlanTexts.Shipped("reference.yaml"))), new ProblemList())!;

    private static string Name(string shape, string key) => $"{SameKeys.GetValueOrDefault(shape, shape)}: {key}";

    private static HashSet<string> Declared(PlanShape root) =>
        [.. Shapes(root).SelectMany(shape => shape.Keys.Where(key => !key.Only2017).Select(key => Name(shape.Name, key.Name)))];

    private static IEnumerable<PlanShape> Shapes(PlanShape shape) => shape.Keys.SelectMany(key => Shapes(key.Kind)).Prepend(shape);

    private static IEnumerable<PlanShape> Shapes(KeyKind kind) => kind switch
    {
        SectionKind section => Shapes(section.Shape),
        ListKind list => Shapes(list.Item),
        NamesKind names => Shapes(names.Value),
        EitherKind either => either.Kinds.SelectMany(Shapes),
        _ => [],
    };

    private static void Show(PlanNode node, PlanShape shape, HashSet<string> shown)
    {
        foreach (var entry in ((PlanMap)node).Entries)
        {
            var key = shape.Find(entry.Key.Value);
            shown.Add(Name(shape.Name, entry.Key.Value));
            if (key is not null)
            {
                Show(entry.Value, key.Kind, shown);
            }
        }
    }

    private static void Show(PlanNode node, KeyKind kind, HashSet<string> shown)
    {
        switch (node)
        {
            case PlanList list when kind.As<ListKind>() is { } items:
                foreach (var item in list.Items)
                {
                    Show(item, items.Item, shown);
                }

                break;
            case PlanMap map when kind.As<NamesKind>() is { } names:
                foreach (var entry in map.Entries)
                {
                    Show(entry.Value, names.Value, shown);
                }

                break;
            case PlanMap when kind.As<SectionKind>() is { } section:
                Show(node, section.Shape, shown);
                break;
        }
    }
}
