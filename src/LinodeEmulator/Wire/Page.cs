namespace LinodeEmulator.Wire;

/// <summary>A page of a list. An empty list still has one page.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Data, int Number, int Pages, int Results)
{
    [System.Text.Json.Serialization.JsonPropertyName("page")]
    public int Number { get; init; } = Number;
}
