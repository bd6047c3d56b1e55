using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>A tag is its name: it springs into being when an object is given it.</summary>
internal static class Tags
{
    private static readonly Filterable<Tag> Fields = new Filterable<Tag>().Text("label", tag => tag.Label);

    private static readonly Filterable<TaggedWire> NoFields = new();

    public static void Map(RouteTable routes)
    {
        routes.List(
            "tags", "account:read_only", call => call.Page(call.Cloud.Tags, Fields, tag => new TagWire(tag.Label), V4Json.Default.PageTagWire));
        routes.Post("tags", "account:read_write", Create);
        routes.List(
            "tags/{tagLabel}",
            "account:read_only",
            call => call.Page(Tagged(call.Cloud, Tag(call).Label), NoFields, one => one, V4Json.Default.PageTaggedWire));
        routes.Delete("tags/{tagLabel}", "account:read_write", Delete);
    }

    private static Tag Tag(ApiCall call) => call.Cloud.Tags.FindByKey(call.Slug("tagLabel")) ?? throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        var label = body.RequiredText("label", 3, 50);
        var linodes = Rows(body, "linodes", cloud.Instances);
        var volumes = Rows(body, "volumes", cloud.Volumes);
        var balancers = Rows(body, "nodebalancers", cloud.Balancers);
        if (body.Wholes("domains") is { Count: > 0 })
        {
            throw ApiProblem.NotEmulated("Tagging domains");
        }

        body.Done();
        cloud.Tagged([label]);
        foreach (var row in linodes)
        {
            cloud.Instances.Put(row with { Tags = [.. row.Tags.Union([label])] });
        }

        foreach (var row in volumes)
        {
            cloud.Volumes.Put(row with { Tags = [.. row.Tags.Union([label])] });
        }

        foreach (var row in balancers)
        {
            cloud.Balancers.Put(row with { Tags = [.. row.Tags.Union([label])] });
        }

        return Reply.Json(new TagWire(label), V4Json.Default.TagWire);
    }

    private static List<T> Rows<T>(BodyReader body, string name, Table<T> table)
        where T : class, IRow
    {
        var ids = body.Wholes(name) ?? [];
        foreach (var id in ids.Where(id => table.Find(id) is null))
        {
            body.Fail(name, $"{id} does not exist");
        }

        return [.. ids.Select(table.Find).OfType<T>()];
    }

    /// <summary>Takes it off everything.</summary>
    private static EmulatorResponse Delete(ApiCall call)
    {
        var (tag, cloud) = (Tag(call), call.Cloud);
        Strip(cloud.Instances, row => row.Tags, (row, tags) => row with { Tags = tags }, tag.Label);
        Strip(cloud.Volumes, row => row.Tags, (row, tags) => row with { Tags = tags }, tag.Label);
        Strip(cloud.Balancers, row => row.Tags, (row, tags) => row with { Tags = tags }, tag.Label);
        Strip(cloud.Firewalls, row => row.Tags, (row, tags) => row with { Tags = tags }, tag.Label);
        Strip(cloud.Images, row => row.Tags, (row, tags) => row with { Tags = tags }, tag.Label);
        cloud.Tags.Remove(tag.Id);
        return Reply.Empty;
    }

    private static void Strip<T>(Table<T> table, Func<T, IReadOnlyList<string>> tags, Func<T, IReadOnlyList<string>, T> with, string label)
        where T : class, IRow
    {
        foreach (var row in table.Rows.Where(row => tags(row).Contains(label)).ToList())
        {
            table.Put(with(row, [.. tags(row).Where(tag => tag != label)]));
        }
    }

    private static IEnumerable<TaggedWire> Tagged(Cloud cloud, string label) =>
    [
        .. cloud.Instances.Rows.Where(row => row.Tags.Contains(label)).Select(row => TaggedWire.Of(InstanceWire.Of(row, cloud))),
        .. cloud.Volumes.Rows.Where(row => row.Tags.Contains(label)).Select(row => TaggedWire.Of(VolumeWire.Of(row, cloud))),
        .. cloud.Balancers.Rows.Where(row => row.Tags.Contains(label)).Select(row => TaggedWire.Of(BalancerWire.Of(row))),
    ];
}
