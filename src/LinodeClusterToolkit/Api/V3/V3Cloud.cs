using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>The verbs of the pipelines in calls of API v3.</summary>
/// <remarks>
/// What is asked at the same time travels in one request. Owner marks are <see cref="V3Marks"/>; there are no Cloud Firewalls, no user data, no tags.
/// </remarks>
internal sealed partial class V3Cloud : ILinodeCloud, IDisposable
{
    internal static readonly ApiAbilities Few = new(CloudFirewalls: false, ImagesAtCreation: false, Tags: false, LongLabels: false)
    {
        DisksGrowWithNodes = false, Backups = false, ImageFiles = false,
    };
    private readonly LinodeV3Client client;
    private readonly V3Catalogue catalogue;
    private readonly V3Power power;
    private readonly V3Strays strays;

    public V3Cloud(LinodeV3Client client)
    {
        this.client = client;
        var jobs = new JobWatch(client, client.Time);
        var events = new V3EventWatch(client, jobs);
        Events = events;
        (catalogue, power, strays) = (new(client), new(client, events), new(client));
    }

    public string Description => client.Description;

    public ApiAbilities Abilities => Few;

    public IEventWatch Events { get; }

    public string LabelSeen(string label) => V3Marks.Seen(label);

    public Task<LinodeOffer> GetOfferAsync(CancellationToken cancellation) => catalogue.OfferAsync(cancellation);

    // There is no way to ask for the user's name; a key may do all that its user may.
    public async Task<CloudIdentity> GetIdentityAsync(CancellationToken cancellation)
    {
        await client.SendAsync(new TestEcho(new Dictionary<string, string> { ["hello"] = "lct" }), cancellation).ConfigureAwait(false);
        return new("", ["*"]);
    }

    public void Dispose()
    {
        (Events as IDisposable)?.Dispose();
        client.Dispose();
    }

    private static async Task<bool> IsDeletedAsync(Task delete)
    {
        try
        {
            await delete.ConfigureAwait(false);
            return true;
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return false;
        }
    }
}
