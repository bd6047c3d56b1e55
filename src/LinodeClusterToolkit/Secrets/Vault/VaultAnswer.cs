using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>An answer with its body read to the end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">What came, JSON or not.</param>
internal sealed record VaultAnswer(int Status, byte[] Body)
{
    /// <summary>How long to wait before the next try, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where it sends on to.</summary>
    public Uri? Location { get; init; }

    /// <summary>What it says against the call, with nothing secret in it; empty where it says nothing.</summary>
    public string Said { get; init; } = "";

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>A Vault has its say in <c>errors</c>, if only an empty list; what stands before it says other things.</summary>
    public IReadOnlyList<string>? Errors => Read(VaultJson.Default.ErrorsReply)?.Errors;

    /// <summary>404 for a path that no engine serves; where one does, and has nothing there, the list of errors is empty.</summary>
    public bool IsNoMount => Status == 404 && Errors is { Count: > 0 };

    /// <summary>A write that was to replace another version than the newest.</summary>
    public bool IsConflict =>
        Status == 400 && Errors?.Any(error => error?.Contains("check-and-set parameter did not match", StringComparison.Ordinal) == true) == true;

    /// <summary>The body, or null where it is another one.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Body.Length == 0 ? null : JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            // What the parser says may quote the body, and that may be a secret.
            return null;
        }
    }
}
