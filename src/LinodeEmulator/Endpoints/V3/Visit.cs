using System.Text.Json.Nodes;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>A request to the older face as it came: one action, or several.</summary>
internal sealed class Visit(EmulatorRequest request, SentParameters sent)
{
    public EmulatorRequest Request => request;

    public SentParameters Sent => sent;

    public bool IsBatch { get; set; }

    /// <summary>Who asks for all of a batch.</summary>
    public Caller? Caller { get; set; }

    public List<Step> Steps { get; set; } = [];

    /// <summary>Whether the answer is to be looked at by a person.</summary>
    public bool IsForEyes => sent.Find("api_responseFormat")?.Equals("human", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>One action on its way.</summary>
internal sealed class Step(SentParameters sent)
{
    public SentParameters Sent => sent;

    /// <summary>It came as something that is no request at all.</summary>
    public bool IsBroken { get; init; }

    public V3Action? Action { get; set; }

    public Caller? Caller { get; set; }

    public FaultedRequest? Asked { get; set; }

    public IReadOnlyList<FaultRule> Struck { get; set; } = [];

    /// <summary>What it is answered with before it is carried out.</summary>
    public JsonObject? Answer { get; set; }

    /// <summary>What the whole request is answered with in its place.</summary>
    public EmulatorResponse? Instead { get; set; }

    public string Name => Action?.Name ?? sent.Action.ToLowerInvariant();

    public bool Cuts => Struck.Any(fault => fault.Effect == FaultEffect.CutAfter);

    public LoggedAction Logged(bool inBatch, JsonObject? answer) => new(
        V3Faults.PathOf(Action?.Name ?? (Batch.IsOne(sent) ? Batch.Action : "unknown")), Asked?.Thing, inBatch, Caller?.Key, sent.ToJson(),
        Instead?.Status ?? 200, Code(answer), Cuts || Instead?.Cut == true);

    private static int? Code(JsonObject? answer) =>
        answer?["ERRORARRAY"]!.AsArray() is { Count: > 0 } errors && (int)errors[0]!["ERRORCODE"]! is var code and not 0 ? code : null;
}
