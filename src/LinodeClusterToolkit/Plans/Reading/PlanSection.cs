using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>A cursor on a group of keys: gives out values by key, and in the end tells which keys nobody knows.</summary>
/// <remarks>A reader asks for every key its shape declares; <see cref="Finish"/> holds it to that, so that no declared key can be dropped.</remarks>
internal sealed class PlanSection
{
    private readonly PlanReading reading;
    private readonly PlanMap map;
    private readonly PlanShape shape;
    private readonly string path;
    private readonly Dictionary<string, PlanEntry> entries;
    private readonly HashSet<PlanKey> asked = [];

    public PlanSection(PlanReading reading, PlanMap map, PlanShape shape, string path)
    {
        (this.reading, this.map, this.shape, this.path) = (reading, map, shape, path);
        entries = EntriesByName();
    }

    public PlanPlace Place => reading.Text.Place(map.Span, path);

    /// <summary>Whether the text has the key, with whatever value.</summary>
    public bool Has(string name) => Entry(Declared(name)) is not null;

    /// <summary>The value of a key, or an absent one.</summary>
    public PlanValue Optional(string name)
    {
        var key = Declared(name);
        asked.Add(key);
        var entry = Entry(key);
        if (entry is { Value: PlanScalar { IsNull: true } })
        {
            NoValue(key, PlaceOf(entry));
            entry = null;
        }

        if (entry is not null && key.Only2017 && reading.Dialect == Dialect.Strict)
        {
            reading.Error(PlaceOf(entry), PlanProblems.KeyOf2017(name, $"{name}s"));
        }

        var value = new PlanValue(reading, key.Kind, entry?.Value, Below(name));
        if (entry is not null && key.Later && !value.HasEffectNow(key))
        {
            NotYet(name, PlaceOf(entry));
        }

        return value;
    }

    /// <summary>The value of a key that must be there.</summary>
    public PlanValue Required(string name)
    {
        if (!Has(name))
        {
            reading.Error(Place, PlanProblems.Missing(name, shape.Name));
        }

        return Optional(name);
    }

    /// <summary>Tells that a value contradicts another.</summary>
    public void Contradiction(string what, string fix, PlanPlace? place = null) =>
        reading.Error(place ?? Place, PlanProblems.Contradiction(what, fix));

    /// <summary>To be called when every key has been asked for.</summary>
    public void Finish()
    {
        if (shape.Keys.FirstOrDefault(key => !asked.Contains(key)) is { } forgotten)
        {
            throw new InvalidOperationException($"the reader of a {shape.Name} forgets \"{forgotten.Name}\"");
        }
    }

    private void NotYet(string name, PlanPlace place) =>
        reading.NotYet(shape == GroupKeys.Group || shape == RootKeys.Plan ? name : $"{shape.Name}: {name}", place);

    private void NoValue(PlanKey key, PlanPlace place)
    {
        if (key.Required)
        {
            reading.Error(place, PlanProblems.NoValue(key.Name));
        }
        else
        {
            reading.Lapse(place, PlanProblems.NoValue(key.Name));
        }
    }

    private PlanKey Declared(string name) =>
        shape.Find(name) ?? throw new InvalidOperationException($"a {shape.Name} declares no \"{name}\"");

    private PlanEntry? Entry(PlanKey key) => entries.GetValueOrDefault(key.Name);

    private string Below(string name) => path.Length == 0 ? name : $"{path}/{name}";

    private PlanPlace PlaceOf(PlanEntry entry) => reading.Text.Place(entry.Key.Span, Below(entry.Key.Value));

    private Dictionary<string, PlanEntry> EntriesByName()
    {
        var byName = new Dictionary<string, PlanEntry>(StringComparer.Ordinal);
        foreach (var entry in map.Entries.Where(entry => shape.Find(entry.Key.Value) is not null))
        {
            var key = shape.Find(entry.Key.Value)!;
            if (!byName.TryAdd(key.Name, entry))
            {
                reading.Error(PlaceOf(entry), PlanProblems.SaidTwice(key.Name, key.Alias!));
            }
        }

        foreach (var entry in map.Entries.Where(entry => shape.Find(entry.Key.Value) is null))
        {
            if (Meant(entry, byName.Keys) is { } meant)
            {
                byName.Add(meant, entry);
            }
        }

        return byName;
    }

    /// <summary>What an unknown key must mean, where a plan of 2017 may be read so; reports it either way.</summary>
    private string? Meant(PlanEntry entry, IReadOnlyCollection<string> taken)
    {
        var (name, place) = (entry.Key.Value, PlaceOf(entry));
        if (name == "<<")
        {
            reading.Error(place, PlanProblems.MergeKey());
            return null;
        }

        var known = shape.Keys.Where(key => !key.Only2017 || reading.Dialect == Dialect.Of2017).SelectMany(key => key.Names).ToArray();
        if (reading.Dialect == Dialect.Of2017 && Slip.Obvious(name, known) is { } near && shape.Find(near)!.Name is var meant
            && !taken.Contains(meant))
        {
            reading.Warning(place, PlanProblems.KeyReadAs(name, shape.Name, near));
            reading.Correct(place, near);
            return meant;
        }

        reading.Lapse(place, PlanProblems.UnknownKey(name, shape.Name, Hints.Nearest(name, known), known));
        return null;
    }
}
