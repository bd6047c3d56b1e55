using System.Text.Json.Nodes;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The actions of API v3 by name, whose case means nothing.</summary>
internal sealed class ActionTable
{
    private readonly Dictionary<string, V3Action> _byName = new(StringComparer.OrdinalIgnoreCase);

    private ActionTable()
    {
    }

    /// <summary>Each class of actions, one line each.</summary>
    public static ActionTable All { get; } = Map();

    public IEnumerable<V3Action> Actions => _byName.Values;

    public V3Action Read(string name, string description, Func<V3Call, JsonNode?> act, params IReadOnlyList<Parameter> parameters) =>
        Add(new V3Action(name, description, act, parameters) { IsReading = true });

    public V3Action Write(string name, string description, string throws, Func<V3Call, JsonNode?> act, params IReadOnlyList<Parameter> parameters) =>
        Add(new V3Action(name, description, act, parameters) { Throws = throws });

    public V3Action Add(V3Action action)
    {
        _byName.Add(action.Name, action);
        return action;
    }

    /// <summary>Known to the API, not to this emulator.</summary>
    public void NotEmulated(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Write(name, "Not emulated", "", _ => throw ApiV3Problem.NotEmulated(name));
        }
    }

    /// <exception cref="ApiV3Problem">There is no such action, or not even its class, or none was asked for.</exception>
    public V3Action Find(string name) => name switch
    {
        "" => throw new ApiV3Problem(ErrorCode.NoAction),
        _ when _byName.TryGetValue(name, out var action) => action,
        _ when Actions.Any(action => name.StartsWith(action.Class + ".", StringComparison.OrdinalIgnoreCase)) =>
            throw ErrorCode.NotImplemented.As($"{name} is not implemented"),
        _ => throw new ApiV3Problem(ErrorCode.NoClass),
    };

    private static ActionTable Map()
    {
        var actions = new ActionTable();
        Tests.Map(actions);
        Users.Map(actions);
        Accounts.Map(actions);
        Avail.Map(actions);
        Linodes.Map(actions);
        LinodePower.Map(actions);
        LinodeClones.Map(actions);
        LinodeDisks.Map(actions);
        DisksFromSources.Map(actions);
        LinodeConfigs.Map(actions);
        LinodeIps.Map(actions);
        LinodeJobs.Map(actions);
        StackScripts.Map(actions);
        Images.Map(actions);
        NodeBalancers.Map(actions);
        BalancerConfigs.Map(actions);
        BalancerNodes.Map(actions);
        Domains.Map(actions);
        DomainResources.Map(actions);
        Volumes.Map(actions);
        return actions;
    }
}
