using System.Globalization;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Reading;

namespace LinodeClusterToolkit.Plans;

/// <summary>What a new node of a group is like: kept with the plan, so that a group can grow without its file.</summary>
/// <param name="Like">A node of the group; its key, names and the labels of its volumes are those of nobody.</param>
/// <param name="Label">Template of its label; only counters are left to be filled in.</param>
public sealed record NodeModel(ResolvedNode Like, string Label)
{
    /// <summary>Template of its host name; null takes the label.</summary>
    public string? HostName { get; init; }

    /// <summary>Template of its public name, if the plan gives one.</summary>
    public string? PublicFqdn { get; init; }

    /// <summary>Template of its private name, if the plan gives one.</summary>
    public string? PrivateFqdn { get; init; }

    /// <summary>Addresses of the running counters that templates name, by name.</summary>
    public IReadOnlyDictionary<string, string> Counters { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>True where the plan gives no label, so that one may be cut to what the API takes.</summary>
    public bool Fits { get; init; }

    /// <summary>The next node.</summary>
    /// <param name="counters">Gives numbers; the group's own among them.</param>
    /// <param name="volumes">Gives the label of a volume, of the one that is wanted.</param>
    /// <param name="shortLabels">True where the API takes short labels only.</param>
    internal ResolvedNode Next(CounterBook counters, Func<string, string> volumes, bool shortLabels) =>
        At((int)counters.Take($"{Like.Region}/{Like.Group}"), counters, volumes, shortLabels);

    /// <summary>The node of that number; other counters go on as for any new node.</summary>
    internal ResolvedNode At(int ordinal, CounterBook counters, Func<string, string> volumes, bool shortLabels)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal) { [Placeholders.Counter] = ordinal, [Placeholders.Index] = ordinal - 1 };
        var wanted = Filled(Label);
        var label = Fits && shortLabels ? LabelRule.ShortNode.Fit(wanted) : wanted;
        return Like with
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"{Like.Region}/{Like.Group}/{ordinal}"), Ordinal = ordinal, Label = label,
            HostName = HostName is null ? HostNames.FromLabel(wanted) : Filled(HostName),
            PublicFqdn = PublicFqdn is null ? null : Filled(PublicFqdn), PrivateFqdn = PrivateFqdn is null ? null : Filled(PrivateFqdn),
            Volumes = [.. Like.Volumes.Select(volume => volume with { Label = volumes($"{wanted}-{volume.Name}") })],
        };

        // A counter advances once for a node, however many of its names use it.
        string Filled(string template) => NameTemplate.Parse(template).Render(name =>
            numbers.TryGetValue(name, out var number) ? number : numbers[name] = counters.Take(Counters[name]));
    }

    /// <summary>A node that has its names already, as the model has it now.</summary>
    internal ResolvedNode Again(ResolvedNode named, Func<string, string> volumes) => Like with
    {
        Key = named.Key, Ordinal = named.Ordinal, Label = named.Label, HostName = named.HostName, PublicFqdn = named.PublicFqdn,
        PrivateFqdn = named.PrivateFqdn,
        Volumes =
        [
            .. Like.Volumes.Select(volume => volume with
            {
                Label = named.Volumes.FirstOrDefault(one => one.Name == volume.Name)?.Label ?? volumes($"{named.Label}-{volume.Name}"),
            }),
        ],
    };
}
