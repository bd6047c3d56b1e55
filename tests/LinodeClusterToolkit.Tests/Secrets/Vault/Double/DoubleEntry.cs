using System.Globalization;
using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>What an entry was at one time.</summary>
internal sealed class DoubleVersion
{
    public required DateTimeOffset Made { get; init; }

    public JsonObject? Data { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    public bool Destroyed { get; set; }

    public JsonObject Describe(long number, JsonObject? custom) => new()
    {
        ["created_time"] = Moment(Made), ["custom_metadata"] = custom?.DeepClone(), ["deletion_time"] = Moment(Deleted), ["destroyed"] = Destroyed,
        ["version"] = number,
    };

    /// <summary>Nanoseconds, as Go writes them.</summary>
    public static string Moment(DateTimeOffset? at) =>
        at is { } moment ? moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture) : "";
}

/// <summary>An entry with its versions.</summary>
internal sealed class DoubleEntry(DateTimeOffset made)
{
    public SortedDictionary<long, DoubleVersion> Versions { get; } = [];

    public long Current { get; private set; }

    public bool CasRequired { get; set; }

    public int Most { get; set; }

    public JsonObject? Custom { get; set; }

    public DoubleVersion Add(JsonObject data, DateTimeOffset now, int most)
    {
        Versions[++Current] = new DoubleVersion { Made = now, Data = data };
        foreach (var old in Versions.Keys.Where(number => number <= Current - most).ToList())
        {
            Versions.Remove(old);
        }

        return Versions[Current];
    }

    public JsonObject Metadata()
    {
        var versions = new JsonObject();
        foreach (var (number, version) in Versions)
        {
            versions[$"{number}"] = new JsonObject
            {
                ["created_time"] = DoubleVersion.Moment(version.Made), ["deletion_time"] = DoubleVersion.Moment(version.Deleted), ["destroyed"] = version.Destroyed,
            };
        }

        return new()
        {
            ["cas_required"] = CasRequired,
            ["created_time"] = DoubleVersion.Moment(made),
            ["current_version"] = Current,
            ["custom_metadata"] = Custom?.DeepClone(),
            ["delete_version_after"] = "0s",
            ["max_versions"] = Most,
            ["oldest_version"] = Versions.Keys.FirstOrDefault(),
            ["updated_time"] = DoubleVersion.Moment(Versions.Count > 0 ? Versions[Current].Made : made),
            ["versions"] = versions,
        };
    }
}
