using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>DNS zones.</summary>
internal static class Domains
{
    private static readonly IReadOnlyList<Parameter> Settings =
    [
        Str("SOA_Email", ""), Str("Description", ""), Num("Refresh_sec", 0), Num("Retry_sec", 0), Num("Expire_sec", 0), Num("TTL_sec", 0),
        Str("lpm_displayGroup", ""), Num("status", 1), Str("master_ips", ""), Str("axfr_ips", ""),
    ];

    public static void Map(ActionTable actions)
    {
        actions.Write("domain.create", "Makes a zone", "NOACCESS,VALIDATION", Create, [Str("Domain").Required, Str("Type").Required, .. Settings]);
        actions.Write(
            "domain.update",
            "Changes a zone",
            "NOTFOUND,VALIDATION",
            Update,
            [Num("DomainID").Required, Str("Domain"), Str("Type"), .. Settings.Select(setting => setting with { Default = null })]);
        actions.Write("domain.delete", "Deletes a zone", "NOTFOUND", Delete, Num("DomainID").Required);
        actions.Read("domain.list", "Lists zones", List, Num("DomainID"));
    }

    public static Domain Find(V3Call call) => call.Row(call.Cloud.Domains, "DomainID");

    private static JsonObject Answer(Domain row) => new() { ["DomainID"] = row.Id };

    private static JsonObject Create(V3Call call)
    {
        var read = Read(call, new Domain(0, "", "")) with { Description = call.Text("Description") };
        return Answer(call.Cloud.Domains.Put(read with { Id = call.Cloud.Counters.Next("domain") }));
    }

    /// <summary>A description stays as it was, whatever is sent.</summary>
    private static JsonObject Update(V3Call call) => Answer(call.Cloud.Domains.Put(Read(call, Find(call))));

    private static JsonObject Delete(V3Call call)
    {
        var row = Find(call);
        foreach (var record in call.Cloud.DomainRecords.OwnedBy(row.Id))
        {
            call.Cloud.DomainRecords.Remove(record.Id);
        }

        call.Cloud.Domains.Remove(row.Id);
        return Answer(row);
    }

    private static Domain Read(V3Call call, Domain old)
    {
        var read = old with
        {
            Name = call.Sent("Domain") ?? old.Name,
            Type = call.Word("Type", "master", "slave") ?? old.Type,
            SoaEmail = call.Sent("SOA_Email") ?? old.SoaEmail,
            Group = call.Sent("lpm_displayGroup") ?? old.Group,
            Status = call.Within("status", 0, 2) ?? old.Status,
            MasterIps = Addresses(call.Sent("master_ips")) ?? old.MasterIps,
            AxfrIps = Addresses(call.Sent("axfr_ips")) ?? old.AxfrIps,
            Ttl = Seconds.Read(call, "TTL_sec") ?? old.Ttl,
            Refresh = Seconds.Read(call, "Refresh_sec") ?? old.Refresh,
            Retry = Seconds.Read(call, "Retry_sec") ?? old.Retry,
            Expire = Seconds.Read(call, "Expire_sec") ?? old.Expire,
        };
        return Complaint(read, call.Cloud) is { } complaint ? throw ApiV3Problem.Rule(complaint) : read;
    }

    private static string? Complaint(Domain row, Cloud cloud) => row switch
    {
        _ when Uri.CheckHostName(row.Name) != UriHostNameType.Dns || !row.Name.Contains('.') => $"Domain: '{row.Name}' is not a domain",
        _ when cloud.Domains.FindByKey(row.Name) is { } other && other.Id != row.Id => $"Domain: {row.Name} is there already",
        { Type: "master", SoaEmail: "" } => "SOA_Email is needed for a master",
        { Type: "slave", MasterIps.Count: 0 } => "master_ips are needed for a slave",
        _ => null,
    };

    /// <summary>Text such as <c>192.0.2.1;192.0.2.2;</c>, where the last semicolon may be left out.</summary>
    private static string[]? Addresses(string? text) =>
        text is null or "none" ? null : text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Text(IReadOnlyList<string> addresses, string otherwise) =>
        addresses.Count == 0 ? otherwise : string.Join(';', addresses) + ";";

    private static JsonArray List(V3Call call)
    {
        IEnumerable<Domain> rows = call.Number("DomainID") is null ? call.Cloud.Domains.Rows : [Find(call)];
        return Loose.Rows(rows.Select(row => new JsonObject
        {
            ["DOMAINID"] = row.Id,
            ["DOMAIN"] = row.Name,
            ["TYPE"] = row.Type,
            ["STATUS"] = row.Status,
            ["SOA_EMAIL"] = row.SoaEmail,
            ["DESCRIPTION"] = row.Description,
            ["LPM_DISPLAYGROUP"] = Loose.Text(row.Group),
            ["MASTER_IPS"] = Text(row.MasterIps, otherwise: ""),
            ["AXFR_IPS"] = Text(row.AxfrIps, otherwise: "none"),
            ["TTL_SEC"] = row.Ttl,
            ["REFRESH_SEC"] = row.Refresh,
            ["RETRY_SEC"] = row.Retry,
            ["EXPIRE_SEC"] = row.Expire,
        }));
    }
}
