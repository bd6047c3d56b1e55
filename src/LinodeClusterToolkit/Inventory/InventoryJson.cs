using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Inventory;

/// <summary>JSON forms of what stands in one column.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>), TypeInfoPropertyName = "Texts")]
internal sealed partial class InventoryJson : JsonSerializerContext;
