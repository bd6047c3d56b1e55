using System.Globalization;
using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Events
{
    private static readonly Filterable<Event> Fields = new Filterable<Event>()
        .Number("id", row => row.Id)
        .Text("action", row => row.Action)
        .Time("created", row => row.Created)
        .Any("entity.id", row => row.Entity is { } entity ? Id(entity.Id) : null)
        .Text("entity.type", row => row.Entity?.Type)
        .Flag("read", row => row.Read);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "account/events",
            "events:read_only",
            call => call.Page(call.Cloud.Events.Table, Fields, row => Wire(row, call.Now), V4Json.Default.PageEventWire));
        routes.Get(
            "account/events/{eventId}",
            "events:read_only",
            call => Reply.Json(Wire(call.Row(call.Cloud.Events.Table, "eventId"), call.Now), V4Json.Default.EventWire));
        routes.Post("account/events/{eventId}/seen", "events:read_only", MarkSeen);
        routes.Post("account/events/{eventId}/read", "events:read_only", MarkRead);
    }

    /// <summary>Marks all up to and with this one.</summary>
    private static EmulatorResponse MarkSeen(ApiCall call)
    {
        var last = call.Row(call.Cloud.Events.Table, "eventId");
        foreach (var row in call.Cloud.Events.Table.Rows.TakeWhile(row => row.Id <= last.Id).Where(row => !row.Seen).ToList())
        {
            call.Cloud.Events.Table.Put(row with { Seen = true });
        }

        return Reply.Empty;
    }

    private static EmulatorResponse MarkRead(ApiCall call)
    {
        call.Cloud.Events.Table.Put(call.Row(call.Cloud.Events.Table, "eventId") with { Read = true });
        return Reply.Empty;
    }

    private static object Id(string id) => double.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : id;

    private static EventWire Wire(Event row, DateTime now) => new(
        row.Id, row.Action, row.Status, ApiTime.Text(row.Created), EntityWire.Of(row.Entity), EntityWire.Of(row.Secondary), row.Username,
        Percent(row, now),
        Duration(row, now), null, null, row.Seen, row.Read, row.Message);

    /// <summary>Nothing is told by 0 or 100 alone: it is 0 early in the work too, and 100 for work that failed.</summary>
    private static int? Percent(Event row, DateTime now) => row.Status switch
    {
        "notification" => null,
        "scheduled" => 0,
        "started" when row is { Started: { } started, Ends: { } ends }
            && ends > started => (int)Math.Min(99, 100 * (now - started) / (ends - started)),
        "started" => 0,
        _ => 100,
    };

    /// <summary>A fraction while the work runs, whole seconds at its end.</summary>
    private static double? Duration(Event row, DateTime now) => row.Status switch
    {
        "started" when row.Started is { } started => Math.Round((now - started).TotalSeconds, 3),
        "finished" or "failed" when row is { Started: { } started, Ends: { } ends } => Math.Round((ends - started).TotalSeconds),
        _ => null,
    };
}
