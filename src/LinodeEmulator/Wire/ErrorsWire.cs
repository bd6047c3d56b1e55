using System.Text.Json.Serialization;

namespace LinodeEmulator.Wire;

/// <summary>One reason of a refusal; the field is left out when none fits.</summary>
internal sealed record ApiError(string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null);

internal sealed record ErrorsWire(IReadOnlyList<ApiError> Errors);
