using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Tests.Catalog;

/// <summary>Offers for tests: what the cloud sold in 2017, and small ones made to a point.</summary>
internal static class Offers
{
    private static readonly DateTimeOffset Summer2017 = new(2017, 8, 1, 0, 0, 0, TimeSpan.Zero);

    public static LinodeOffer Of2017 { get; } = new(
        [
            Place("us-south-1a", "Dallas, TX"), Place("us-west-1a", "Fremont, CA"), Place("us-southeast-1a", "Atlanta, GA"),
            Place("us-east-1a", "Newark, NJ"), Place("eu-west-1a", "London, UK"), Place("ap-northeast-1a", "Tokyo, JP"),
            Place("ap-south-1a", "Singapore, SG"), Place("eu-central-1a", "Frankfurt, DE"), Place("ap-northeast-1b", "Tokyo 2, JP"),
        ],
        [
            Type("g5-nanode-1", "Linode 1024", "nanode", 1024, 20480, 1, 5), Type("g5-standard-1", "Linode 2048", "standard", 2048, 30720, 1, 10),
            Type("g5-standard-8", "Linode 24576", "standard", 24576, 393216, 8, 160),
            Type("g5-standard-20", "Linode 81920", "standard", 81920, 1572864, 20, 640),
            Type("g5-highmem-1", "Linode 16384", "highmem", 16384, 20480, 1, 60),
            Type("g5-highmem-16", "Linode 204800", "highmem", 204800, 348160, 16, 960),
        ],
        [
            Distribution("linode/ubuntu16.04lts", "Ubuntu 16.04 LTS", "Ubuntu"), Distribution("linode/ubuntu17.04", "Ubuntu 17.04", "Ubuntu"),
            Distribution("linode/debian8", "Debian 8", "Debian"), Distribution("linode/debian7", "Debian 7", "Debian", deprecated: true),
            Distribution("linode/arch2017.07.01", "Arch 2017.07.01", "Arch"),
        ],
        [new Kernel("linode/latest_64", "Latest 64 bit (4.9.15-x86_64-linode81)", "4.9.15", "x86_64", false)],
        Summer2017);

    public static LinodeOffer OfImages(params Image[] images) => new([], [], images, [], Summer2017);

    public static LinodeOffer OfTypes(params NodeType[] types) => new([], types, [], [], Summer2017);

    public static Region Place(string id, string label) =>
        new(id, label, label[^2..].ToLowerInvariant(), new HashSet<string> { "Linodes" }, "ok", "core");

    public static NodeType Type(string id, string label, string group, int memory, int disk, int vcpus, decimal monthly, string? successor = null) =>
        new(id, label, group, memory, disk, vcpus, 0, 1000, 1000, new Price(monthly / 666, monthly), new Dictionary<string, Price>(), successor);

    public static Image Distribution(string id, string label, string vendor, bool deprecated = false, bool cloudInit = false) =>
        new(id, label, vendor, 1500, deprecated, true, "available", new HashSet<string>(cloudInit ? ["cloud-init"] : []));

    public static Image Private(string id, string label) => new(id, label, null, 1500, false, false, "available", new HashSet<string>());
}
