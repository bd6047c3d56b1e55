using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <content>Lists and groups of keys.</content>
internal sealed partial class PlanValue
{
    /// <summary>True where the value is a list; a key may take one or something else.</summary>
    public bool IsList => node is PlanList;

    /// <summary>True where the value is a group of keys.</summary>
    public bool IsSection => node is PlanMap;

    /// <summary>The items of a list; a single value where the key takes one or many. None where the value is absent.</summary>
    public IEnumerable<PlanValue> Items()
    {
        if (node is null)
        {
            return [];
        }

        var list = Declared<ListKind>();
        if (node is PlanList items)
        {
            return items.Items.Select((item, index) => new PlanValue(reading, list.Item, item, $"{path}/{index}")).ToArray();
        }

        if (kind is EitherKind either && either.Kinds.Contains(list.Item))
        {
            return [new PlanValue(reading, list.Item, node, path)];
        }

        reading.Error(Place, PlanProblems.WrongKind(kind.Noun, node.Noun));
        return [];
    }

    /// <summary>A group of keys, or null.</summary>
    public PlanSection? Section()
    {
        var wanted = Declared<SectionKind>();
        if (node is PlanMap map)
        {
            return new PlanSection(reading, map, wanted.Shape, path);
        }

        if (node is not null)
        {
            reading.Error(Place, PlanProblems.WrongKind($"a {wanted.Shape.Name} (a group of keys)", node.Noun));
        }

        return null;
    }

    /// <summary>Names chosen by the user with their values.</summary>
    public IEnumerable<(Located<string> Name, PlanValue Value)> Names()
    {
        var wanted = Declared<NamesKind>();
        if (node is PlanMap map)
        {
            return map.Entries.Where(entry => MayBeNamed(entry.Key, wanted.Name)).Select(entry => (
                new Located<string>(entry.Key.Value, reading.Text.Place(entry.Key.Span, $"{path}/{entry.Key.Value}")),
                new PlanValue(reading, wanted.Value, entry.Value, $"{path}/{entry.Key.Value}"))).ToArray();
        }

        if (node is not null)
        {
            reading.Error(Place, PlanProblems.WrongKind(wanted.Noun, node.Noun));
        }

        return [];
    }

    private bool MayBeNamed(PlanScalar name, TextKind? wanted)
    {
        if (wanted?.Pattern is not { } pattern || Matches(name.Value, pattern))
        {
            return true;
        }

        reading.Error(reading.Text.Place(name.Span, path), PlanProblems.BadValue(wanted.Noun, name.Value));
        return false;
    }

    /// <summary>Each item read in turn; what cannot be read is left out.</summary>
    public IReadOnlyList<T> Each<T>(Func<PlanValue, T?> read)
        where T : class => [.. Items().Select(read).OfType<T>()];

    /// <summary>Each item's group of keys.</summary>
    public IEnumerable<PlanSection> Sections() => Items().Select(item => item.Section()).OfType<PlanSection>();
}
