using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The records of a DNS zone.</summary>
internal static class DomainResources
{
    private const string OfCaller = "[remote_addr]";

    private static readonly IReadOnlyList<Parameter> Settings =
    [
        Str("Name", ""), Str("Target", ""), Num("Priority", 10), Num("Weight", 5), Num("Port", 80), Str("Protocol", ""), Num("TTL_sec", 0),
        Str("Tag", ""),
    ];

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "domain.resource.create", "Makes a record", "NOTFOUND,VALIDATION", Create, [Num("DomainID").Required, Str("Type").Required, .. Settings]);
        actions.Write(
            "domain.resource.update",
            "Changes a record",
            "NOTFOUND,VALIDATION",
            Update,
            [Num("ResourceID").Required, Num("DomainID"), Str("Type"), .. Settings.Select(setting => setting with { Default = null })]);
        actions.Write("domain.resource.delete", "Deletes a record", "NOTFOUND", Delete, Num("DomainID").Required, Num("ResourceID").Required);
        actions.Read("domain.resource.list", "Lists the records of a zone", List, Num("DomainID").Required, Num("ResourceID"));
    }

    private static JsonObject Answer(DomainRecord row) => new() { ["ResourceID"] = row.Id };

    private static JsonObject Create(V3Call call)
    {
        var read = Read(call, new DomainRecord(0, Domains.Find(call).Id, ""));
        return Answer(call.Cloud.DomainRecords.Put(read with { Id = call.Cloud.Counters.Next("domain_record") }));
    }

    private static JsonObject Update(V3Call call)
    {
        var row = call.Row(call.Cloud.DomainRecords, "ResourceID");
        return call.Number("DomainID") is { } zone && zone != row.DomainId
            ? throw ApiV3Problem.NotFound
            : Answer(call.Cloud.DomainRecords.Put(Read(call, row)));
    }

    private static JsonObject Delete(V3Call call)
    {
        var (zone, row) = (Domains.Find(call), call.Row(call.Cloud.DomainRecords, "ResourceID"));
        if (row.DomainId != zone.Id)
        {
            throw ApiV3Problem.NotFound;
        }

        call.Cloud.DomainRecords.Remove(row.Id);
        return Answer(row);
    }

    private static DomainRecord Read(V3Call call, DomainRecord old)
    {
        var read = old with
        {
            Type = call.Word("Type", "ns", "mx", "a", "aaaa", "cname", "txt", "srv", "caa") ?? old.Type,
            Name = call.Sent("Name") ?? old.Name,
            Target = call.Sent("Target") ?? old.Target,
            Priority = call.Within("Priority", 0, 255) ?? old.Priority,
            Weight = call.Within("Weight", 0, 65535) ?? old.Weight,
            Port = call.Within("Port", 0, 65535) ?? old.Port,
            Protocol = call.Sent("Protocol") ?? old.Protocol,
            Tag = call.Sent("Tag") ?? old.Tag,
            Ttl = Seconds.Read(call, "TTL_sec") ?? old.Ttl,
        };
        return Folded(read with { Target = read.Target == OfCaller ? Loopback(read.Type) : read.Target });
    }

    private static string Loopback(string type) => type == "aaaa" ? "::1" : "127.0.0.1";

    /// <summary>The service and the protocol of an SRV record are its name: <c>_sip._tcp</c>.</summary>
    private static DomainRecord Folded(DomainRecord row) =>
        row is { Type: "srv", Protocol.Length: > 0 } && !row.Name.Contains("._", StringComparison.Ordinal)
            ? row with { Name = $"_{row.Name.TrimStart('_')}._{row.Protocol.TrimStart('_')}" }
            : row;

    private static JsonArray List(V3Call call)
    {
        var zone = Domains.Find(call);
        var wanted = call.Number("ResourceID");
        if (wanted is not null && call.Cloud.DomainRecords.Find(wanted.Value)?.DomainId != zone.Id)
        {
            throw ApiV3Problem.NotFound;
        }

        return Loose.Rows(call.Cloud.DomainRecords.OwnedBy(zone.Id).Where(row => wanted is null || row.Id == wanted).Select(row => new JsonObject
        {
            ["RESOURCEID"] = row.Id,
            ["DOMAINID"] = row.DomainId,
            ["TYPE"] = row.Type,
            ["NAME"] = row.Name,
            ["TARGET"] = Loose.Text(row.Target),
            ["PRIORITY"] = row.Priority,
            ["WEIGHT"] = row.Weight,
            ["PORT"] = row.Port,
            ["PROTOCOL"] = row.Protocol,
            ["TTL_SEC"] = row.Ttl,
        }));
    }
}
