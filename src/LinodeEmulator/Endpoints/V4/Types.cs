using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Types
{
    private static readonly Filterable<TypeWire> Fields = new Filterable<TypeWire>()
        .Text("label", type => type.Label)
        .Text("class", type => type.Class)
        .Number("vcpus", type => type.Vcpus)
        .Number("memory", type => type.Memory)
        .Number("disk", type => type.Disk)
        .Number("gpus", type => type.Gpus)
        .Number("transfer", type => type.Transfer)
        .Number("network_out", type => type.NetworkOut);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "linode/types", "*", call => call.Page(call.Cloud.Catalogue.TypeList, Fields, type => type, V4Json.Default.PageTypeWire), isPublic: true);
        routes.Get(
            "linode/types/{typeId}",
            "*",
            call =>
                Reply.Json(call.Cloud.Catalogue.Types.GetValueOrDefault(call.Slug("typeId")) ?? throw ApiProblem.NotFound, V4Json.Default.TypeWire),
            isPublic: true);
    }
}
