using LinodeEmulator.Http;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.Control;

/// <summary>The control plane of several accounts: of one where <c>?account=NAME</c> says so, else of all together.</summary>
/// <param name="accounts">Each account.</param>
/// <param name="nobody">Answers what is asked without a known token.</param>
/// <param name="state">Where the accounts are kept.</param>
internal sealed class AccountsControl(IReadOnlyList<EmulatorCore> accounts, EmulatorCore nobody, string? state)
{
    private IEnumerable<EmulatorCore> All => accounts.Append(nobody);

    public EmulatorResponse Handle(EmulatorRequest request)
    {
        try
        {
            return System.Web.HttpUtility.ParseQueryString(request.Query)["account"] is { } name ? OfOne(name, request) : OfAll(request);
        }
        catch (ApiProblem problem)
        {
            return Reply.Of(problem);
        }
    }

    /// <summary>There is one clock, and one end.</summary>
    private EmulatorResponse OfOne(string name, EmulatorRequest request)
    {
        var core = accounts.FirstOrDefault(account => account.Account == name) ?? throw ApiProblem.NotFound;
        return ControlPlane.Asked(request).Path is "clock" or "stop" ? OfAll(request) : core.InTurn(() => core.Control.Handle(request));
    }

    private EmulatorResponse OfAll(EmulatorRequest request) => ControlPlane.Asked(request) switch
    {
        ("GET", "" or "status") => Reply.Json(Status(), ControlJson.Default.StatusWire),
        ("POST", "reset") => Each(core => core.Reset()),
        ("POST", "clock") => Advance(request),
        ("GET", "faults") => Reply.Json(Lists(accounts, core => core.Control.Faults()), ControlJson.Default.ListFaultWire),
        ("POST", "faults") => Reply.Json(Lists(All, core => core.Control.AddFaults(request)), ControlJson.Default.ListFaultWire),
        ("DELETE", "faults") => Each(core => core.FaultControl.Lift(core.Now)),
        ("DELETE", var one) when one.StartsWith("faults/", StringComparison.Ordinal) =>
            throw ApiProblem.Refused("Each account has faults of its own: say whose it is by ?account=NAME"),
        ("GET", "requests") => Reply.Json(
            [.. Lists(All, core => core.Control.Requests(request)).OrderBy(row => row.Seq)], ControlJson.Default.ListLoggedRequest),
        ("GET", "counters") => Reply.Json(Counters(), ControlJson.Default.CountersWire),
        _ => nobody.InTurn(() => nobody.Control.Handle(request)),
    };

    private EmulatorResponse Each(Action<EmulatorCore> action)
    {
        foreach (var core in All)
        {
            core.InTurn(() =>
            {
                action(core);
                return true;
            });
        }

        return Reply.Empty;
    }

    private static List<T> Lists<T>(IEnumerable<EmulatorCore> cores, Func<EmulatorCore, List<T>> list) =>
        [.. cores.SelectMany(core => core.InTurn(() => list(core)))];

    private EmulatorResponse Advance(EmulatorRequest request)
    {
        var answer = nobody.InTurn(() => nobody.Control.Handle(request));
        Each(core => core.Arrive());
        return answer;
    }

    private StatusWire Status()
    {
        var each = accounts.ToDictionary(core => core.Account!, core => core.InTurn(core.Status));
        return nobody.InTurn(nobody.Status) with
        {
            State = state,
            Counts = each.Values.Select(status => status.Counts).Aggregate((sum, counts) => sum.With(counts)),
            Faults = [.. each.Values.SelectMany(status => status.Faults).Distinct()],
            Accounts = each.ToDictionary(status => status.Key, status => status.Value.Counts),
        };
    }

    private CountersWire Counters()
    {
        var all = Lists<RequestCount>(All, core => [.. core.Log.Counts]);
        var sums = all.GroupBy(count => count with { Count = 0 })
            .OrderBy(group => (group.Key.Method, group.Key.Route, group.Key.Status, group.Key.Error))
            .Select(group => group.Key with { Count = group.Sum(count => count.Count) });
        return ControlPlane.Counters([.. sums]) with
        {
            Accounts = accounts.ToDictionary(core => core.Account!, core => core.InTurn(core.Control.Counters)),
        };
    }
}
