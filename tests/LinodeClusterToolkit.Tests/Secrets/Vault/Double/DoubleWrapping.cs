using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>Answers kept for whoever has the token of their wrapping, to be opened once.</summary>
internal sealed class DoubleWrapping(TimeProvider time)
{
    private readonly Dictionary<string, Parcel> parcels = new(StringComparer.Ordinal);

    public DoubleReply Wrap(DoubleReply reply, string path, TimeSpan ttl)
    {
        var token = DoubleTokens.NewId("hvs.");
        parcels[token] = new(reply, path, time.GetUtcNow(), ttl);
        return DoubleReply.Wrapped(new()
        {
            ["token"] = token,
            ["accessor"] = DoubleTokens.NewId(""),
            ["ttl"] = (long)ttl.TotalSeconds,
            ["creation_time"] = time.GetUtcNow().UtcDateTime.ToString("O"),
            ["creation_path"] = path,
        });
    }

    public DoubleReply Lookup(string? token) => Find(token) is { } parcel
        ? DoubleReply.Data(new()
        {
            ["creation_path"] = parcel.Path,
            ["creation_time"] = parcel.Made.UtcDateTime.ToString("O"),
            ["creation_ttl"] = (long)parcel.Ttl.TotalSeconds,
        })
        : Spent;

    public DoubleReply Unwrap(string? token) => Find(token) is { } parcel && parcels.Remove(token!) ? parcel.Content : Spent;

    private static DoubleReply Spent => DoubleReply.Error(400, "wrapping token is not valid or does not exist");

    private Parcel? Find(string? token) =>
        token is not null && parcels.TryGetValue(token, out var parcel) && parcel.Made + parcel.Ttl > time.GetUtcNow() ? parcel : null;

    private sealed record Parcel(DoubleReply Content, string Path, DateTimeOffset Made, TimeSpan Ttl);
}
