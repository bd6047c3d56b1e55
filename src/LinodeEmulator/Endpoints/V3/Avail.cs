using System.Text.Json.Nodes;
using LinodeEmulator.Wire;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>What there is to choose from. Lists take no key, and a filter that nothing matches leaves an empty one.</summary>
internal static class Avail
{
    public static void Map(ActionTable actions)
    {
        Add(actions, "avail.datacenters", "Lists the datacenters", Datacenters);
        Add(actions, "avail.linodeplans", "Lists the plans", Plans, Num("PlanID"));
        Add(actions, "avail.distributions", "Lists the distributions", Distributions, Num("DistributionID"));
        Add(actions, "avail.kernels", "Lists the kernels", Kernels, Bool("isXen"), Bool("isKVM"), Num("KernelID"));
        Add(
            actions,
            "avail.stackscripts",
            "Lists the StackScripts that others have made public",
            StackScripts.Public,
            Num("DistributionID"),
            Str("DistributionVendor"),
            Str("keywords"));
        Add(actions, "avail.nodebalancers", "Says what a NodeBalancer costs", NodeBalancers);
    }

    private static void Add(
        ActionTable actions, string name, string description, Func<V3Call, JsonNode?> list, params IReadOnlyList<Parameter> parameters) =>
        actions.Add(new V3Action(name, description, list, parameters) { Key = KeyUse.Optional, IsReading = true });

    private static JsonArray Datacenters(V3Call call) => Loose.Rows(call.Cloud.Catalogue.Datacenters.All.Select(one => new JsonObject
    {
        ["DATACENTERID"] = one.Number,
        ["LOCATION"] = one.Known?.Label ?? one.Row.Label,
        ["ABBR"] = one.Known?.Short ?? one.Row.Id,
    }));

    private static JsonArray Plans(V3Call call)
    {
        var wanted = call.Number("PlanID");
        return Loose.Rows(call.Cloud.Catalogue.Plans.All.Where(one => wanted is null || one.Number == wanted).Select(one => new JsonObject
        {
            ["PLANID"] = one.Number,
            ["LABEL"] = one.Row.Label,
            ["RAM"] = one.Row.Memory,
            ["DISK"] = one.Row.Disk / 1024,
            ["XFER"] = one.Row.Transfer,
            ["CORES"] = one.Row.Vcpus,
            ["PRICE"] = one.Row.Price.Monthly,
            ["HOURLY"] = one.Row.Price.Hourly,
            ["AVAIL"] = new JsonObject(call.Cloud.Catalogue.Datacenters.All.Select(place => KeyValuePair.Create(
                $"{place.Number}", (JsonNode?)(call.IsSoldOut(place.Row.Id) ? 0 : UnknownsV3.PlansAvailable)))),
        }));
    }

    private static JsonArray Distributions(V3Call call)
    {
        var wanted = call.Number("DistributionID");
        return Loose.Rows(call.Cloud.Catalogue.Distributions.All.Where(one => wanted is null || one.Number == wanted).Select(one => new JsonObject
        {
            ["DISTRIBUTIONID"] = one.Number,
            ["LABEL"] = one.Row.Label,
            ["IS64BIT"] = Loose.Flag(one.Known?.Only32Bit != true),
            ["MINIMAGESIZE"] = one.Row.Size,
            ["CREATE_DT"] = one.Row.Created.Replace('T', ' ') + ".0",
            ["REQUIRESPVOPSKERNEL"] = 1,
        }));
    }

    private static JsonArray Kernels(V3Call call)
    {
        var (xen, kvm, wanted) = (call.Flag("isXen"), call.Flag("isKVM"), call.Number("KernelID"));
        var (needsXen, needsKvm) = (xen ?? kvm is null, kvm ?? false);
        return Loose.Rows(call.Cloud.Catalogue.NumberedKernels.All
            .Where(one => wanted is null ? (!needsXen || IsXen(one.Row)) && (!needsKvm || one.Row.Kvm) : one.Number == wanted)
            .Select(one => new JsonObject
            {
                ["KERNELID"] = one.Number,
                ["LABEL"] = one.Row.Label,
                ["ISXEN"] = Loose.Flag(IsXen(one.Row)),
                ["ISKVM"] = Loose.Flag(one.Row.Kvm),
                ["ISPVOPS"] = Loose.Flag(one.Row.Pvops),
            }));

        bool IsXen(KernelWire kernel) => kernel.Pvops || !kernel.Kvm;
    }

    private static JsonArray NodeBalancers(V3Call call)
    {
        var (monthly, hourly, connections) = UnknownsV3.NodeBalancer;
        return [new JsonObject { ["MONTHLY"] = monthly, ["HOURLY"] = hourly, ["CONNECTIONS"] = connections }];
    }
}
