using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Decides type, image and storage of a group's nodes.</summary>
internal sealed class GroupResolver(Resolution resolution, Region? region)
{
    private static readonly Dictionary<string, string> CapabilityOfClass = new() { ["gpu"] = "GPU Linodes", ["premium"] = "Premium Plans" };

    /// <summary>What the nodes have in common, or null where something of it is wrong.</summary>
    public NodeBuild? Resolve(NodeGroup group)
    {
        var types = Types(group);
        var image = Image(group);
        var storage = new StorageResolver(resolution, group, region).Resolve(types, image);
        return types.Count == 0 || image is null || storage is not var (disks, volumes)
            ? null
            : new NodeBuild([.. types.Select(type => type.Id)], image.Id, group.BootOnCreate?.Value ?? true, PrivateIp: false, disks, volumes)
            {
                TakesUserData = image.HasCloudInit && region?.Has("Metadata") == true,
                Users = [.. (group.Users ?? []).Select(use => use.Value)],
                Egress = group.Egress ?? [],
            };
    }

    private IReadOnlyList<NodeType> Types(NodeGroup group)
    {
        var found = new List<NodeType>();
        foreach (var text in group.Types ?? [])
        {
            if (resolution.Find(text, resolution.Catalog.FindType, PlanProblems.TypeCode) is { } type
                && CanHave(type, text, alone: group.Types!.Count == 1))
            {
                found.Add(type);
            }
        }

        return [.. found.DistinctBy(type => type.Id)];
    }

    /// <summary>Whether the region has such nodes; where there are other choices, one it does not have is left out.</summary>
    private bool CanHave(NodeType type, Located<string> text, bool alone)
    {
        if (region is null || !CapabilityOfClass.TryGetValue(type.Class, out var capability) || region.Has(capability))
        {
            return true;
        }

        if (alone)
        {
            resolution.Error(text.Place, PlanProblems.RegionLacks(region.Id, capability, type.Id));
        }

        resolution.Note($"{type.Id} is not sold in {region.Id}; the other types are taken");
        return false;
    }

    private Image? Image(NodeGroup group)
    {
        if (group.Image is { } named)
        {
            var found = resolution.Find(named, resolution.Catalog.FindImage, PlanProblems.ImageCode);
            if (found is { IsPublic: false, Status: not "available" })
            {
                resolution.Error(named.Place, ImageProblems.NotThere(found.Id, found.Status));
            }

            return found;
        }

        try
        {
            var image = resolution.Catalog.DefaultImage;
            resolution.Note($"no image is named: {image.Label} ({image.Id}) is used");
            return image;
        }
        catch (LinodeToolkitException none)
        {
            resolution.Error(group.Place, PlanProblems.Offer(PlanProblems.ImageCode, none.Problem));
            return null;
        }
    }
}
