using System.Text.Json;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Several requests in one: <c>api_action=batch</c> with a JSON array in <c>api_requestArray</c>.</summary>
internal static class Batch
{
    public const string Action = "batch";

    public static bool IsOne(SentParameters sent) => sent.Action.Equals(Action, StringComparison.OrdinalIgnoreCase);

    /// <summary>The requests in it; one that is no object is nothing.</summary>
    /// <exception cref="ApiV3Problem">It fails as a whole.</exception>
    public static IReadOnlyList<SentParameters?> Read(SentParameters sent)
    {
        var text = sent.Find("api_requestArray") ?? throw ErrorCode.Missing.As("api_requestArray is required but was not passed in");
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new ApiV3Problem(ErrorCode.BatchNotJson);
            }

            return document.RootElement.GetArrayLength() > UnknownsV3.MostInBatch
                ? throw new ApiV3Problem(ErrorCode.TooManyInBatch)
                : [.. document.RootElement.EnumerateArray().Select(SentParameters.OfItem)];
        }
        catch (JsonException)
        {
            throw new ApiV3Problem(ErrorCode.BatchNotJson);
        }
    }
}
