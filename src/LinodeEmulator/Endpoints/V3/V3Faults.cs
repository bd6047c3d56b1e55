using System.Globalization;
using LinodeEmulator.Faults;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Requests to the older face as faults and the log look at them: each action is a path such as <c>/v3/linode.boot</c>.</summary>
internal static class V3Faults
{
    public static string PathOf(string action) => "/v3/" + action;

    /// <summary>Whose labels are in it, by name or by id, that of what it is done to first.</summary>
    public static FaultedRequest Read(string method, V3Action action, SentParameters sent, Cloud cloud)
    {
        var linode = Id(sent, "LinodeID") is { } id ? cloud.Instances.Find(id)?.Label : null;
        var volume = Id(sent, "VolumeID") is { } other ? cloud.Volumes.Find(other)?.Label : null;
        var label = sent.Find("Label");
        return new FaultedRequest(method, PathOf(action.Name), "v3/" + action.Name)
        {
            NamesLinode = linode is not null,
            Region = cloud.Catalogue.Datacenters.Find(Id(sent, "DatacenterID"))?.Row.Id,
            Labels = [.. (action.Class == "volume" ? new[] { volume, label, linode } : [linode, label]).OfType<string>()],
        };
    }

    private static long? Id(SentParameters sent, string name) =>
        long.TryParse(sent.Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
