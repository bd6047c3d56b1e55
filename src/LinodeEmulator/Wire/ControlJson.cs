using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinodeEmulator.Endpoints;
using LinodeEmulator.Endpoints.Control;

namespace LinodeEmulator.Wire;

/// <summary>What the control plane and the program's first line say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReadyLine))]
[JsonSerializable(typeof(StatusWire))]
[JsonSerializable(typeof(ClockWire))]
[JsonSerializable(typeof(FaultWire))]
[JsonSerializable(typeof(List<FaultWire>))]
[JsonSerializable(typeof(List<LoggedRequest>))]
[JsonSerializable(typeof(CountersWire))]
[JsonSerializable(typeof(MachinesWire))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ControlJson : JsonSerializerContext;
