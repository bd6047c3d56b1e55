using System.Globalization;
using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

internal static class StackScripts
{
    private const string Any = "any/all";

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "stackscript.create",
            "Makes a StackScript",
            "VALIDATION,STACKSCRIPTLIMIT",
            Create,
            Str("Label").Required,
            Str("DistributionIDList").Required,
            Str("script").Required,
            Str("Description", ""),
            Digit("isPublic", false),
            Str("rev_note", ""));
        actions.Write(
            "stackscript.update",
            "Changes a StackScript",
            "NOTFOUND,VALIDATION",
            Update,
            Num("StackScriptID").Required,
            Str("Label"),
            Str("DistributionIDList"),
            Str("script"),
            Str("Description"),
            Digit("isPublic"),
            Str("rev_note"));
        actions.Write("stackscript.delete", "Deletes a StackScript", "NOTFOUND", Delete, Num("StackScriptID").Required);
        actions.Read("stackscript.list", "Lists the account's StackScripts", List, Num("StackScriptID"));
    }

    /// <summary>Those of others, for <c>avail.stackscripts</c>.</summary>
    public static JsonArray Public(V3Call call)
    {
        var (distribution, vendor, keywords) = (call.Number("DistributionID"), call.Text("DistributionVendor"), call.Text("keywords"));
        var catalogue = call.Cloud.Catalogue;
        var slug = catalogue.Distributions.Find(distribution)?.Row.Id;
        return Loose.Rows(catalogue.Scripts.Select(script => V4.StackScripts.Find(call.Cloud, script.Id)!)
            .Where(script => distribution is null || (slug is not null && Takes(script, slug)))
            .Where(script => vendor.Length == 0 || catalogue.ImageList.Any(
                image => string.Equals(image.Vendor, vendor, StringComparison.OrdinalIgnoreCase) && Takes(script, image.Id)))
            .Where(script => keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(
                word => $"{script.Label} {script.Description}".Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(script => Row(script, catalogue)));
    }

    private static bool Takes(StackScriptWire script, string slug) => script.Images.Contains(Any) || script.Images.Contains(slug);

    private static JsonObject Answer(long id) => new() { ["StackScriptID"] = id };

    private static JsonObject Create(V3Call call) => Answer((long)call.Newer("POST", "linode/stackscripts", Body(call))["id"]!);

    private static JsonObject Update(V3Call call)
    {
        var row = call.Row(call.Cloud.Scripts, "StackScriptID");
        call.Newer("PUT", $"linode/stackscripts/{row.Id}", Body(call));
        return Answer(row.Id);
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = call.Row(call.Cloud.Scripts, "StackScriptID");
        call.Newer("DELETE", $"linode/stackscripts/{row.Id}");
        return Answer(row.Id);
    }

    private static JsonObject Body(V3Call call)
    {
        var body = new JsonObject();
        foreach (var (name, newer) in new[] { ("Label", "label"), ("script", "script"), ("Description", "description"), ("rev_note", "rev_note") })
        {
            if (call.Sent(name) is { } text)
            {
                body[newer] = text;
            }
        }

        if (call.Flag("isPublic") is { } isPublic)
        {
            body["is_public"] = isPublic;
        }

        if (call.Sent("DistributionIDList") is { } list)
        {
            body["images"] = new JsonArray([.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(id => (JsonNode?)Slug(id, call.Cloud.Catalogue))]);
        }

        return body;
    }

    private static string Slug(string id, Catalogue catalogue) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && catalogue.Distributions.Find(number) is { } known
            ? known.Row.Id
            : throw ApiV3Problem.Rule($"DistributionIDList: {id} is not a distribution");

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("StackScriptID");
        return wanted is not null && call.Cloud.Scripts.Find(wanted.Value) is null
            ? throw ApiV3Problem.NotFound
            : Loose.Rows(call.Cloud.Scripts.Rows
                .Where(script => wanted is null || script.Id == wanted)
                .Select(script => Row(V4.StackScripts.Find(call.Cloud, script.Id)!, call.Cloud.Catalogue)));
    }

    private static JsonObject Row(StackScriptWire script, Catalogue catalogue) => new()
    {
        ["STACKSCRIPTID"] = script.Id,
        ["LABEL"] = Loose.Text(script.Label),
        ["DESCRIPTION"] = script.Description,
        ["DISTRIBUTIONIDLIST"] = Loose.Text(string.Join(',', Distributions(script, catalogue))),
        ["SCRIPT"] = script.Script,
        ["ISPUBLIC"] = Loose.Flag(script.IsPublic),
        ["USERID"] = script.Mine ? 1 : script.Username == "linode" ? 2 : 3,
        ["REV_NOTE"] = script.RevNote,
        ["REV_DT"] = NewYork.Text(ApiTime.Read(script.Updated)),
        ["LATESTREV"] = script.Id,
        ["CREATE_DT"] = NewYork.Text(ApiTime.Read(script.Created)),
        ["DEPLOYMENTSTOTAL"] = script.DeploymentsTotal,
        ["DEPLOYMENTSACTIVE"] = script.DeploymentsActive,
    };

    private static IEnumerable<int> Distributions(StackScriptWire script, Catalogue catalogue) => script.Images.Contains(Any)
        ? catalogue.Distributions.All.Select(one => one.Number)
        : script.Images.Select(catalogue.Distributions.NumberOf).Where(number => number > 0);
}
