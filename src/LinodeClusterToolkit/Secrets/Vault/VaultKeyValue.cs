using System.Security.Cryptography;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Version 2 of the key-value engine: one secret an entry, in its field <c>value</c>.</summary>
internal sealed class VaultKeyValue(VaultClient client)
{
    private VaultPlace Place => client.Place;

    /// <summary>The newest version at a path, also a deleted one; null where there never was any.</summary>
    public async Task<VaultEntry?> ReadAsync(string name, CancellationToken cancellation)
    {
        var call = VaultCall.Get(Place.PathOf("data", name));
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);

        // 404 {"errors":[]} where nothing is; 404 {"data":{"data":null,"metadata":{…}}} where the newest version was deleted or destroyed.
        var found = answer.Read(VaultJson.Default.ReadReply)?.Data;
        return answer.Status switch
        {
            200 when found?.Metadata is { } made => Entry(made, ValueOf(found.Data, "value")
                ?? throw new LinodeToolkitException(VaultProblems.NoValue(call.Path)), ValueOf(found.Data, "write")),
            200 when found is not null => throw new LinodeToolkitException(VaultProblems.NotVersion2(call.Name, Place)),
            404 when found?.Metadata is { } made => Entry(made, null, null),
            404 when answer.Errors is { Count: 0 } => null,
            _ => throw Senseless(call, answer),
        };
    }

    /// <summary>Writes where the newest version still has that number, 0 for none at all; false where it has not, and nothing was written.</summary>
    public async Task<bool> WriteAsync(string name, Sensitive value, long number, CancellationToken cancellation)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var body = new WriteBody(new(value.Reveal(), mark), new(number));
        var call = VaultCall.Post(Place.PathOf("data", name), body, VaultJson.Default.WriteBody, value);
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            return answer.Read(VaultJson.Default.WriteReply)?.Data is not null
                ? true
                : throw new LinodeToolkitException(VaultProblems.NotVersion2(call.Name, Place));
        }

        // Where an answer got lost, the number may have moved on by our own doing. Another may have written the same value: the mark tells.
        return answer.IsConflict ? (await ReadAsync(name, cancellation).ConfigureAwait(false))?.Write == mark : throw Senseless(call, answer);
    }

    /// <summary>Deletes all versions, and that there were any.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        var call = VaultCall.Delete(Place.PathOf("metadata", name));
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess && answer.Status != 404)
        {
            throw Senseless(call, answer);
        }
    }

    /// <summary>What is right below a folder: names, and folders with a <c>/</c> at their end.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation)
    {
        var call = VaultCall.List(Place.PathOf("metadata", folder));
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);
        return answer.Status switch
        {
            200 when answer.Read(VaultJson.Default.ListReply)?.Data?.Keys is { } keys => keys,
            404 when answer.Errors is { Count: 0 } => [],
            _ => throw Senseless(call, answer),
        };
    }

    private static VaultEntry Entry(VersionData made, string? value, string? write) =>
        new(made.Version, made.CreatedTime ?? "", value is null ? null : new(value), write);

    private static string? ValueOf(JsonElement? data, string field) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static LinodeToolkitException Senseless(VaultCall call, VaultAnswer answer) =>
        new(VaultProblems.BadAnswer(call.Name, answer.Status, answer.Said));
}
