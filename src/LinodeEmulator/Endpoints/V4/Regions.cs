using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Regions
{
    private static readonly Filterable<RegionWire> Fields = new Filterable<RegionWire>()
        .Text("country", region => region.Country)
        .Text("site_type", region => region.SiteType);

    private static readonly Filterable<AvailabilityWire> AvailabilityFields = new Filterable<AvailabilityWire>()
        .Text("region", row => row.Region)
        .Text("plan", row => row.Plan)
        .Flag("available", row => row.Available);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "regions",
            "*",
            call => call.Page(call.Cloud.Catalogue.RegionList, Fields, region => region, V4Json.Default.PageRegionWire),
            isPublic: true);
        routes.List("regions/availability", "*", ListAvailability, isPublic: true);
        routes.Get("regions/{regionId}", "*", call => Reply.Json(Region(call), V4Json.Default.RegionWire), isPublic: true);
        routes.Get("regions/{regionId}/availability", "*", GetAvailability, isPublic: true);
    }

    private static RegionWire Region(ApiCall call) =>
        call.Cloud.Catalogue.Regions.GetValueOrDefault(call.Slug("regionId")) ?? throw ApiProblem.NotFound;

    private static EmulatorResponse ListAvailability(ApiCall call) => call.Page(
        call.Cloud.Catalogue.RegionList.SelectMany(region => Availability(call, region)),
        AvailabilityFields,
        row => row,
        V4Json.Default.PageAvailabilityWire);

    private static EmulatorResponse GetAvailability(ApiCall call) =>
        Reply.Json([.. Availability(call, Region(call))], V4Json.Default.ListAvailabilityWire);

    private static IEnumerable<AvailabilityWire> Availability(ApiCall call, RegionWire region) =>
        call.Cloud.Catalogue.TypeList.Select(type => new AvailabilityWire(region.Id, type.Id, Offers(region, type) && !call.IsSoldOut(region.Id)));

    /// <summary>Some classes of plan are offered only where the region says so.</summary>
    private static bool Offers(RegionWire region, TypeWire type) => type.Class switch
    {
        "gpu" => region.Offers("GPU Linodes"),
        "premium" => region.Offers("Premium Plans"),
        _ => region.Offers("Linodes"),
    };
}
