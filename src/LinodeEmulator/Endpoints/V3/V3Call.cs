using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>A request on its way through an action of API v3: all that one may want to know. Only parameters that the action declares can be
/// read.</summary>
internal sealed class V3Call(
    V3Action action, SentParameters sent, Parts parts, DateTime now, Caller caller, IReadOnlyList<FaultRule> faults, FaultedRequest asked)
    : CloudCall(parts.Cloud, now, caller, faults, parts.Faults, asked)
{
    public V3Action Action => action;

    public SentParameters AllSent => sent;

    public EmulatorOptions Options => parts.Options;

    public OauthLogin Login => parts.Login;

    public string? Sent(string name) => sent.Find(Declared(name).Name);

    /// <summary>What was sent, or else what holds then; empty where nothing does.</summary>
    public string Text(string name) => Sent(name) ?? Declared(name).Default ?? "";

    public long? Number(string name) =>
        (Sent(name) is { Length: > 0 } text ? text : Declared(name).Default) is { } known
            ? long.Parse(known, NumberStyles.Integer, CultureInfo.InvariantCulture)
            : null;

    /// <summary>A number within bounds.</summary>
    public int? Within(string name, int least, int most) => Number(name) switch
    {
        null => null,
        { } number when number >= least && number <= most => (int)number,
        _ => throw ApiV3Problem.Rule($"{name} must be {least} to {most}"),
    };

    public bool? Flag(string name) => Text(name) is { Length: > 0 } text ? Parameter.Flag(text) : null;

    /// <summary>One of a few words, if it was sent or something holds else.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        return text.Length == 0 ? null
            : words.Contains(text.ToLowerInvariant()) ? text.ToLowerInvariant()
            : throw ApiV3Problem.Rule($"{name} must be one of {string.Join(", ", words!)}");
    }

    public RegionWire Datacenter() =>
        Cloud.Catalogue.Datacenters.Find(Number("DatacenterID"))?.Row ?? throw ApiV3Problem.Rule("DatacenterID is not a datacenter");

    public TypeWire Plan() => Cloud.Catalogue.Plans.Find(Number("PlanID"))?.Row ?? throw ApiV3Problem.Rule("PlanID is not a plan");

    public T Row<T>(Table<T> table, string name)
        where T : class, IRow => Number(name) is { } id && table.Find(id) is { } row ? row : throw ApiV3Problem.NotFound;

    public Instance Linode() => FindLinode(Number("LinodeID")) ?? throw ApiV3Problem.NotFound;

    /// <summary>One that is being deleted is there no more.</summary>
    public Instance? FindLinode(long? id) =>
        id is { } known && Cloud.Instances.Find(known) is { Status: not InstanceStatus.Deleting } row ? row : null;

    /// <summary>Has it done by the newer face of the API, in whose words it is asked.</summary>
    public JsonNode Newer(string method, string path, JsonObject? body = null)
    {
        try
        {
            var (operation, values) = parts.Newer.Match(method, path);
            var request = new EmulatorRequest(method, $"/v4/{path}", "", null, null, default);
            using var document = JsonDocument.Parse((body ?? []).ToJsonString());
            var answer = operation.Handle(
                new ApiCall(Cloud, Now, request, values, Caller, document.RootElement.Clone(), Faults, parts.Faults, Asked));
            return JsonNode.Parse(answer.Body.Span)!;
        }
        catch (ApiProblem problem)
        {
            throw ApiV3Problem.Of(problem);
        }
    }

    private Parameter Declared(string name) =>
        action.Parameters.FirstOrDefault(parameter => parameter.Name == name)
        ?? throw new InvalidOperationException($"{action.Name} reads {name}, which it does not declare");
}
