using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class StackScripts
{
    private const string Long = "2018-01-02T03:04:05";

    private static readonly Filterable<StackScriptWire> Fields = new Filterable<StackScriptWire>()
        .Text("username", script => script.Username)
        .Text("label", script => script.Label)
        .Flag("mine", script => script.Mine)
        .Flag("is_public", script => script.IsPublic)
        .Text("description", script => script.Description)
        .Text("rev_note", script => script.RevNote)
        .Number("deployments_total", script => script.DeploymentsTotal);

    public static void Map(RouteTable routes)
    {
        routes.List("linode/stackscripts", "stackscripts:read_only", List, LimitClass.ListStackScripts, isPublic: true);
        routes.Post("linode/stackscripts", "stackscripts:read_write", Create);
        routes.Get("linode/stackscripts/{stackscriptId}", "stackscripts:read_only", Get, isPublic: true);
        routes.Put("linode/stackscripts/{stackscriptId}", "stackscripts:read_write", Update);
        routes.Delete("linode/stackscripts/{stackscriptId}", "stackscripts:read_write", Delete);
    }

    public static StackScriptWire? Find(Cloud cloud, long id) =>
        cloud.Scripts.Find(id) is { } own
            ? Wire(own)
            : cloud.Catalogue.Scripts.FirstOrDefault(script => script.Id == id) is { } known ? Wire(known) : null;

    private static EmulatorResponse List(ApiCall call)
    {
        var own = call.Caller == Caller.Anonymous ? [] : call.Cloud.Scripts.Rows.Select(Wire);
        return call.Page(call.Cloud.Catalogue.Scripts.Select(Wire).Concat(own), Fields, script => script, V4Json.Default.PageStackScriptWire);
    }

    private static EmulatorResponse Get(ApiCall call) =>
        Find(call.Cloud, call.Id("stackscriptId")) is { } script && (script.IsPublic || call.Caller != Caller.Anonymous)
            ? Reply.Json(script, V4Json.Default.StackScriptWire)
            : throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        call.Body.RequiredText("label");
        call.Body.RequiredText("script");
        if (call.Body.Texts("images") is not { Count: > 0 })
        {
            call.Body.Fail("images", "images is required");
        }

        var row = Read(call, new StackScript(0, call.User, "", "", [], call.Now));
        call.Body.Done();
        row = call.Cloud.Scripts.Put(row with { Id = call.Cloud.Counters.Next("stackscript") });
        call.Cloud.Events.Notify("stackscript_create", Entities.Of(row), call.Now, call.User);
        return Reply.Json(Wire(row), V4Json.Default.StackScriptWire);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var old = Own(call);
        var row = Read(call, old);
        if (old.IsPublic && !row.IsPublic)
        {
            call.Body.Fail("is_public", "A public StackScript cannot be made private");
        }

        call.Body.Done();
        call.Cloud.Scripts.Put(row with { Updated = call.Now });
        call.Cloud.Events.Notify("stackscript_update", Entities.Of(row), call.Now, call.User);
        return Reply.Json(Wire(row with { Updated = call.Now }), V4Json.Default.StackScriptWire);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var row = Own(call);
        call.Cloud.Scripts.Remove(row.Id);
        call.Cloud.Events.Notify("stackscript_delete", Entities.Of(row), call.Now, call.User);
        return Reply.Empty;
    }

    private static StackScript Own(ApiCall call) =>
        call.Cloud.Scripts.Find(call.Id("stackscriptId"))
        ?? throw (Find(call.Cloud, call.Id("stackscriptId")) is null ? ApiProblem.NotFound : ApiProblem.Unauthorized);

    private static StackScript Read(ApiCall call, StackScript old)
    {
        var body = call.Body;
        var images = body.Texts("images");
        foreach (var image in (images ?? []).Where(image => image != "any/all" && !call.Cloud.Catalogue.Images.ContainsKey(image)))
        {
            body.Fail("images", $"{image} is not a public image");
        }

        var script = body.Text("script", 1, 65535);
        if (script is not null && !script.StartsWith("#!", StringComparison.Ordinal))
        {
            body.Fail("script", "Script must begin with a shebang (example: #!/bin/bash)");
        }

        body.Ignore(
            "id",
            "username",
            "user_defined_fields",
            "mine",
            "deployments_total",
            "deployments_active",
            "ordinal",
            "logo_url",
            "user_gravatar_id",
            "created",
            "updated");
        return old with
        {
            Label = body.Text("label", 3, 128) ?? old.Label,
            Script = script ?? old.Script,
            Images = images ?? old.Images,
            Description = body.Text("description") ?? old.Description,
            RevNote = body.Text("rev_note") ?? old.RevNote,
            IsPublic = body.Flag("is_public") ?? old.IsPublic,
        };
    }

    private static StackScriptWire Wire(StackScript row) => new(
        row.Id, row.Username, row.Label, row.Description, row.Images, row.Script, UserFields.Of(row.Script), row.IsPublic, true, row.Deployments,
        row.Deployments, 0, "",
        row.RevNote, "", ApiTime.Text(row.Created), ApiTime.Text(row.Updated));

    private static StackScriptWire Wire(PublicScript row) => new(
        row.Id, row.Username, row.Label, row.Description, row.Images, row.Script, UserFields.Of(row.Script), true, false, 0, 0, 0, "", row.RevNote,
        "", Long, Long);
}
