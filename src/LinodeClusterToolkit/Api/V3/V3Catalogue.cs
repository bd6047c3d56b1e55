using System.Globalization;
using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What is offered, under the names of version 4, and the numbers those names stand for.</summary>
internal sealed class V3Catalogue(LinodeV3Client client)
{
    private const string PrivatePrefix = "private/";

    // Of what a region can do version 3 tells nothing. Volumes were to be had in one of them in 2017, and in all of them later.
    private const long Newark = 6;
    private const string BlockStorage = "Block Storage";
    private static readonly string[] Everywhere = ["Linodes", "NodeBalancers", "Backups", "StackScripts"];

    private static readonly IReadOnlySet<string> None = new HashSet<string>();
    private readonly SemaphoreSlim turn = new(1);
    private Numbers? known;

    /// <summary>Names and numbers, asked for once.</summary>
    public async Task<Numbers> NamesAsync(CancellationToken cancellation)
    {
        if (known is { } found)
        {
            return found;
        }

        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return known ??= new(await AskAsync(cancellation).ConfigureAwait(false));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The offer as it is now.</summary>
    public async Task<LinodeOffer> OfferAsync(CancellationToken cancellation)
    {
        var images = client.SendAsync(new ListImages(), cancellation);
        var lists = await AskAsync(cancellation).ConfigureAwait(false);
        var names = known = new(lists);
        return new(
            [.. lists.Datacenters.Select(row => new Region(
                names.Region(row.DatacenterId), PlaceOf(row), CountryOf(row), CapabilitiesOf(row, names), "ok", "core"))],
            [.. lists.Plans.Select(row => TypeOf(row, names))],
            [
                .. lists.Distributions.Select(row => new Image(
                    names.Image(row.DistributionId), row.Label, row.Label.Split(' ')[0], row.MinImageSize ?? 0, Deprecated: false, IsPublic: true,
                    "available", None)),
                .. (await images.ConfigureAwait(false)).Select(row => new Image(
                    $"{PrivatePrefix}{row.ImageId}", row.Label, null, row.MinSize ?? 0, Deprecated: false, IsPublic: false,
                    row.Status.Length > 0 ? row.Status : "available", None)
                    {
                        Tags = V3Marks.ReadDescription(row.Description).Tags,
                    }),
            ],
            [.. lists.Kernels.Select(row => new Kernel(names.Kernel(row.KernelId), row.Label.Trim(), "", "x86_64", Deprecated: false))],
            client.Time.GetUtcNow())
        {
            Abilities = V3Cloud.Few,
        };
    }

    /// <summary>Number of an image of the account; null for one that the platform brings.</summary>
    public static long? PrivateImage(string image) => image.StartsWith(PrivatePrefix, StringComparison.Ordinal)
        ? long.Parse(image.AsSpan(PrivatePrefix.Length), CultureInfo.InvariantCulture) : null;

    private async Task<Lists> AskAsync(CancellationToken cancellation)
    {
        var (datacenters, plans) = (client.SendAsync(new ListDatacenters(), cancellation), client.SendAsync(new ListPlans(), cancellation));
        var distributions = client.SendAsync(new ListDistributions(), cancellation);
        var kernels = client.SendAsync(new ListKernels(IsKvm: true), cancellation);
        return new(
            await datacenters.ConfigureAwait(false), await plans.ConfigureAwait(false), await distributions.ConfigureAwait(false),
            await kernels.ConfigureAwait(false));
    }

    private static NodeType TypeOf(PlanReply row, Numbers names)
    {
        var price = new Price(row.Hourly ?? (row.Price ?? 0) / 720, row.Price ?? 0);
        var id = names.Type(row.PlanId);
        return new(
            id, row.Label, ClassOf(id), row.Ram ?? 0, (row.Disk ?? 0) * 1024, row.Cores ?? 1, 0, row.Xfer ?? 0, 0, price,
            new Dictionary<string, Price>(), null);
    }

    private static string ClassOf(string id) => id.Split('-') is [_, var second, ..] ? second : "standard";

    private static HashSet<string> CapabilitiesOf(DatacenterReply row, Numbers names) =>
        [.. names.AreOf2017 && row.DatacenterId != Newark ? Everywhere : [.. Everywhere, BlockStorage]];

    // Dallas, TX, USA
    private static string PlaceOf(DatacenterReply row) =>
        row.Location.EndsWith(", USA", StringComparison.Ordinal) ? row.Location[..^5] : row.Location;

    private static string CountryOf(DatacenterReply row) => row.Location.Split(", ")[^1] switch
    {
        "USA" => "us",
        "UK" => "gb",
        var other => other.ToLowerInvariant(),
    };

    /// <summary>What the API offers, as it says.</summary>
    internal sealed record Lists(
        IReadOnlyList<DatacenterReply> Datacenters, IReadOnlyList<PlanReply> Plans, IReadOnlyList<DistributionReply> Distributions,
        IReadOnlyList<KernelReply> Kernels);

    /// <summary>Names by numbers, and numbers by names.</summary>
    internal sealed class Numbers
    {
        private readonly TwoWay regions, types, images, kernels;

        public Numbers(Lists lists)
        {
            AreOf2017 = V3Names.AreOf2017(lists.Plans.Select(row => (row.Label, row.Ram ?? 0, (row.Disk ?? 0) * 1024)));
            var names = new V3Names(AreOf2017);
            regions = new("region", lists.Datacenters.Select(row => (row.DatacenterId, names.Region(row.DatacenterId, PlaceOf(row), row.Abbr))));
            types = new("type", lists.Plans.Select(row => (row.PlanId, V3Names.Type(row.PlanId, row.Label, row.Ram ?? 0, (row.Disk ?? 0) * 1024))));
            images = new("image", lists.Distributions.Select(row => (row.DistributionId, V3Names.Image(row.DistributionId, row.Label))));
            kernels = new("kernel", lists.Kernels.Select(row => (row.KernelId, names.Kernel(row.KernelId, row.Label.Trim()))));
        }

        /// <summary>Whether what is offered is of 2017.</summary>
        public bool AreOf2017 { get; }

        public IEnumerable<long> Distributions => images.Numbers;

        public string Region(long? number) => regions.Name(number);

        public string Type(long? number) => types.Name(number);

        public string Image(long? number) => images.Name(number);

        public string Kernel(long? number) => kernels.Name(number);

        public long Datacenter(string region) => regions.Number(region);

        public long Plan(string type) => types.Number(type);

        public long Distribution(string image) => images.Number(image);

        public long KernelNumber(string kernel) => kernels.Number(kernel);
    }

    private sealed class TwoWay
    {
        private readonly string noun;
        private readonly Dictionary<long, string> names = [];
        private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);

        public TwoWay(string noun, IEnumerable<(long Number, string Name)> rows)
        {
            this.noun = noun;
            foreach (var (number, name) in rows)
            {
                names[number] = name;
                numbers.TryAdd(name, number);
            }
        }

        public IEnumerable<long> Numbers => names.Keys;

        public string Name(long? number) => number is { } given ? names.GetValueOrDefault(given) ?? $"{noun} {given}" : "";

        public long Number(string name) => numbers.TryGetValue(name, out var number)
            ? number
            : throw new LinodeApiException(ApiFailure.Refused, V3Problems.NotOffered(noun, name));
    }
}
