using System.Globalization;
using System.Text.Json;
using LinodeEmulator.Faults;
using LinodeEmulator.Hosts;
using LinodeEmulator.Http;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.Control;

/// <summary>What can be asked of the emulator itself, beside the API: no token is needed, since only this machine can reach it.</summary>
internal sealed class ControlPlane(EmulatorCore core)
{
    private const string Root = "/_emulator";

    /// <summary>What is counted as created and deleted: the collections of v4, and what the class of actions of v3 is called.</summary>
    private static readonly (string Family, string Class)[] Collections =
    [
        ("linode/instances", "linode"), ("volumes", "volume"), ("nodebalancers", "nodebalancer"), ("networking/firewalls", "firewall"),
        ("linode/stackscripts", "stackscript"), ("images", "image"),
    ];

    public static bool IsFor(EmulatorRequest request) =>
        request.Path == Root || request.Path.StartsWith(Root + "/", StringComparison.Ordinal);

    /// <summary>What a request to it asks for.</summary>
    public static (string Method, string Path) Asked(EmulatorRequest request) => (request.Method, request.Path[Root.Length..].Trim('/'));

    public EmulatorResponse Handle(EmulatorRequest request)
    {
        try
        {
            return Asked(request) switch
            {
                ("GET", "" or "status") => Reply.Json(core.Status(), ControlJson.Default.StatusWire),
                ("POST", "reset") => Done(core.Reset),
                ("POST", "stop") => Done(core.Stop),
                ("GET", "clock") => Reply.Json(core.ClockNow(), ControlJson.Default.ClockWire),
                ("POST", "clock") => Advance(request),
                ("GET", "faults") => Reply.Json(Faults(), ControlJson.Default.ListFaultWire),
                ("POST", "faults") => AddFault(request),
                ("DELETE", "faults") => Done(() => core.FaultControl.Lift(core.Now)),
                ("DELETE", var one) when one.StartsWith("faults/", StringComparison.Ordinal) => RemoveFault(one["faults/".Length..]),
                ("GET", "machines") => Reply.Json(
                    new MachinesWire(Machines.All, Machines.Strangers), ControlJson.Default.MachinesWire),
                (var method, var one) when one.StartsWith("machines/", StringComparison.Ordinal) =>
                    MachineActions.Handle(core, Machines, method, one["machines/".Length..], () => Body(request)),
                ("GET", "requests") => Reply.Json(Requests(request), ControlJson.Default.ListLoggedRequest),
                ("GET", "counters") => Reply.Json(Counters(), ControlJson.Default.CountersWire),
                (_, "status" or "reset" or "stop" or "clock" or "faults" or "requests" or "counters" or "machines") =>
                    throw new ApiProblem(405, new ApiError("Method Not Allowed")),
                _ => throw ApiProblem.NotFound,
            };
        }
        catch (ApiProblem problem)
        {
            return Reply.Of(problem);
        }
    }

    /// <summary>What goes wrong.</summary>
    public List<FaultWire> Faults() => [.. core.Faults.Standing.Select(Wire)];

    /// <summary>Adds what a request names: a rule, or a mixture of several.</summary>
    public List<FaultWire> AddFaults(EmulatorRequest request)
    {
        try
        {
            return [.. core.FaultControl.Add(Spec(request), core.Now).Select(Wire)];
        }
        catch (FormatException wrong)
        {
            throw ApiProblem.Field("spec", wrong.Message);
        }
    }

    /// <summary>The logged requests that one to the control plane asks for.</summary>
    public List<LoggedRequest> Requests(EmulatorRequest request)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request.Query);
        var since = long.TryParse(query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : 0;
        var (method, status, path) = (query["method"], query["status"], query["path"]);
        return
        [
            .. core.Log.Requests.Where(row =>
                row.Seq > since
                && (method is null || row.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                && (status is null || row.Status.ToString(CultureInfo.InvariantCulture) == status)
                && (path is null || Glob.Matches(path, row.Path))),
        ];
    }

    /// <summary>How often what was asked for.</summary>
    public CountersWire Counters() => Counters([.. core.Log.Counts]);

    /// <summary>The same of requests that were counted elsewhere.</summary>
    public static CountersWire Counters(IReadOnlyList<RequestCount> counts)
    {
        return new CountersWire(counts, counts.Where(count => count.IsLimited).Sum(count => count.Count), Sum(IsCreate), Sum(IsDelete));

        Dictionary<string, int> Sum(Func<RequestCount, string, string, bool> isOf) => Collections.ToDictionary(
            one => one.Family,
            one => counts
                .Where(count => count is { Status: 200, Error: null } && isOf(count, one.Family, "v3/" + one.Class))
                .Sum(count => count.Count));
    }

    private IMachines Machines =>
        core.Hosts.Machines
        ?? throw new ApiProblem(501, new ApiError("There are no machines here: the hosts are records (start with --hosts machines)"));

    private static EmulatorResponse Done(Action action)
    {
        action();
        return Reply.Empty;
    }

    private static BodyReader Body(EmulatorRequest request)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body.IsEmpty ? "{}"u8.ToArray() : request.Body);
            return new BodyReader(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw ApiProblem.Refused("Invalid JSON");
        }
    }

    private FaultWire Wire(StandingFault fault) => new(core.Account, fault.Id, fault.Text, fault.Matched, fault.Struck);

    private EmulatorResponse Advance(EmulatorRequest request)
    {
        var body = Body(request);
        var seconds = body.RequiredWhole("advance_seconds", 0, (long)TimeSpan.FromDays(3650).TotalSeconds);
        body.Done();
        core.Advance(TimeSpan.FromSeconds(seconds));
        return Reply.Json(core.ClockNow(), ControlJson.Default.ClockWire);
    }

    /// <summary>A rule is answered with itself, a mixture with the list of what it came to.</summary>
    private EmulatorResponse AddFault(EmulatorRequest request)
    {
        var added = AddFaults(request);
        return Spec(request).StartsWith(BadDay.Name, StringComparison.Ordinal)
            ? Reply.Json(added, ControlJson.Default.ListFaultWire)
            : Reply.Json(added[0], ControlJson.Default.FaultWire);
    }

    private static string Spec(EmulatorRequest request)
    {
        var body = Body(request);
        var spec = body.RequiredText("spec");
        body.Done();
        return spec;
    }

    private EmulatorResponse RemoveFault(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && core.FaultControl.Lift(number, core.Now)
            ? Reply.Empty
            : throw ApiProblem.NotFound;

    private static bool IsCreate(RequestCount count, string family, string older) =>
        (count.Method, count.Route) == ("POST", family) || count.Route == older + ".create";

    private static bool IsDelete(RequestCount count, string family, string older) =>
        count.Route == older + ".delete"
        || (count.Method == "DELETE"
            && count.Route.StartsWith(family + "/{", StringComparison.Ordinal)
            && count.Route.IndexOf('/', family.Length + 1) < 0);
}
