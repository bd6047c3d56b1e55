using System.Globalization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>Decides of each thing what becomes of it.</summary>
internal sealed class ImportItems(ImportFindings findings, TerraformState? state, ImportOwners owners, LinodeCatalog catalog)
{
    private readonly List<ImportItem> items = [];

    public IReadOnlyList<ImportItem> All()
    {
        var sight = findings.Sight;
        Add(CloudThing.Node, sight.Nodes, node => node.Id, node => node.Tags, (node, thing) => Item(
            "node", node.Id, node.Label, node.Region, node.Type, 0, node.Type) with
        {
            Key = findings.Places[node.Id].Key, Differences = thing is null ? [] : Differences.Of(thing, node),
        });
        Add(CloudThing.Volume, sight.Volumes, volume => volume.Id, volume => volume.Tags, (volume, thing) => Item(
            "volume", volume.Id, volume.Label, volume.Region, null, volume.SizeGb, $"{volume.SizeGb.ToString(CultureInfo.InvariantCulture)} GB") with
        {
            Differences = thing is null ? [] : Differences.Of(thing, volume),
        });
        Add(CloudThing.Balancer, sight.Balancers, balancer => balancer.Id, balancer => balancer.Tags, (balancer, thing) => Item(
            "balancer", balancer.Id, balancer.Label, balancer.Region, null, 0, null) with
        {
            Differences = thing is null ? [] : Differences.Of(thing, balancer, state!, sight.Ports.GetValueOrDefault(balancer.Id)),
        });
        Add(CloudThing.Firewall, sight.Firewalls, firewall => firewall.Id, firewall => firewall.Tags, (firewall, thing) => Item(
            "firewall", firewall.Id, firewall.Label, null, null, 0, null) with
        {
            Differences = thing is null ? [] : Differences.Of(thing, firewall, state!, sight.Guarded.GetValueOrDefault(firewall.Id)),
        });
        return items;
    }

    private ImportItem Item(string kind, long id, string label, string? region, string? type, int sizeGb, string? size)
    {
        var (hourly, monthly) = Pricing.Of(kind, type, region, sizeGb, catalog);
        return new(kind, id, label, ImportVerdict.Taken) { Region = region, Size = size, Hourly = hourly, Monthly = monthly };
    }

    private void Add<T>(
        CloudThing kind, IReadOnlyList<T> found, Func<T, long> idOf, Func<T, IReadOnlyList<string>> tagsOf, Func<T, StateThing?, ImportItem> itemOf)
    {
        var word = kind.ToString().ToLowerInvariant();
        var named = (state?.Things ?? []).Where(thing => thing.Type == ImportSight.TypeOf(kind)).DistinctBy(thing => thing.Id)
            .ToDictionary(thing => thing.Id!.Value);
        var there = new List<ImportItem>();
        foreach (var one in found)
        {
            var (id, tags) = (idOf(one), tagsOf(one));
            var thing = named.GetValueOrDefault(id);
            there.Add(owners.WhyNot(word, id, tags) is { } why ? Refused(word, id, itemOf(one, thing), tags, thing, why) : itemOf(one, thing) with
            {
                Address = thing?.Address, IsMarked = owners.IsMarked(tags) || (findings.Owner is not null && thing is null),
            });
        }

        items.AddRange(there.OrderBy(item => item.Region, StringComparer.Ordinal)
            .ThenBy(item => PlaceOf(item).Group, StringComparer.Ordinal).ThenBy(item => PlaceOf(item).Ordinal)
            .ThenBy(item => item.Label, StringComparer.Ordinal));
        items.AddRange(named.Values.Where(thing => found.All(one => idOf(one) != thing.Id)).Select(thing => new ImportItem(
            word, thing.Id!.Value, thing.Fact("label") ?? thing.Address, ImportVerdict.Missing)
        {
            Address = thing.Address, Region = thing.Fact("region"),
            Why = findings.Sight.Unseen.Count > 0 && findings.Sight.Unseen.Any(what => what.StartsWith(word, StringComparison.Ordinal))
                ? "the token may not read it" : "the account has none of that id",
        }));
    }

    private (string? Group, int Ordinal) PlaceOf(ImportItem item) =>
        item.Kind == "node" && findings.Places.TryGetValue(item.Id, out var place) ? (place.Group, place.Ordinal) : default;

    // What it is called and how large it is, is nobody else's matter.
    private ImportItem Refused(string kind, long id, ImportItem whole, IReadOnlyList<string> tags, StateThing? thing, string why) =>
        (owners.MayBeTold(tags) ? new(kind, id, whole.Label, ImportVerdict.Refused) { Region = whole.Region, Size = whole.Size }
            : new ImportItem(kind, id, thing?.Fact("label") ?? thing?.Address ?? whole.Label, ImportVerdict.Refused)) with
        {
            Address = thing?.Address, Why = why,
        };
}
