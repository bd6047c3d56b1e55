namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class NumberTests
{
    [Fact]
    public async Task The_catalogue_of_2017_has_the_numbers_of_2017()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = CatalogueChoice.Beta2017 });
        Assert.Equal(
            ["2 dallas", "3 fremont", "4 atlanta", "6 newark", "7 london", "8 tokyo", "9 singapore", "10 frankfurt", "11 shinagawa1"],
            (await cloud.RowsAsync("avail.datacenters")).Select(row => $"{row["DATACENTERID"]} {row["ABBR"]}"));
        Assert.Equal(
            ["1 Linode 1024 20", "2 Linode 2048 30", "3 Linode 4096 48", "14 Linode 204800 340"],
            (await cloud.RowsAsync("avail.linodeplans")).Where(row => (int)row["PLANID"]! is < 4 or 14)
                .Select(row => $"{row["PLANID"]} {row["LABEL"]} {row["DISK"]}"));
        Assert.Equal("Ubuntu 16.04 LTS", (string)(await cloud.RowsAsync("avail.distributions", "DistributionID=146"))[0]["LABEL"]!);
        var id = await cloud.CreateOldAsync();
        var node = (await cloud.GetAsync($"linode/instances/{id}")).Json;
        Assert.Equal("us-east-1a g5-nanode-1", $"{node["region"]} {node["type"]}");
    }

    [Fact]
    public async Task What_v3_never_knew_has_a_number_of_our_own_from_1001_on_in_the_order_of_the_catalogue()
    {
        await using var cloud = new TestCloud();
        var places = await cloud.RowsAsync("avail.datacenters");
        Assert.Equal(
            ["1001 au-mel", "1002 us-lax"],
            places.Where(row => (int)row["DATACENTERID"]! is 1001 or 1002).Select(row => row.Told("DATACENTERID", "ABBR")));
        var plans = await cloud.RowsAsync("avail.linodeplans");
        Assert.Equal(
            ["1 Nanode 1GB", "7 Linode 64GB", "1001 Linode 192GB"],
            plans.Where(row => (int)row["PLANID"]! is 1 or 7 or 1001).Select(row => row.Told("PLANID", "LABEL")));
        var id = (await cloud.DataAsync("linode.create", "DatacenterID=1001&PlanID=1001"))["LinodeID"];
        var node = (await cloud.GetAsync($"linode/instances/{id}")).Json;
        Assert.Equal("au-mel g6-standard-32", $"{node["region"]} {node["type"]}");
    }

    [Theory]
    [InlineData(CatalogueChoice.Both)]
    [InlineData(CatalogueChoice.Today)]
    [InlineData(CatalogueChoice.Beta2017)]
    public async Task No_number_is_given_twice(CatalogueChoice catalogue)
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Catalogue = catalogue });
        (string List, string Number)[] all =
        [
            ("avail.datacenters", "DATACENTERID"), ("avail.linodeplans", "PLANID"), ("avail.distributions", "DISTRIBUTIONID"),
            ("avail.kernels", "KERNELID"),
        ];
        foreach (var (list, number) in all)
        {
            var numbers = (await cloud.RowsAsync(list)).Select(row => (int)row[number]!).ToList();
            Assert.Equal(numbers.Distinct(), numbers);
        }
    }

    [Fact]
    public async Task Kernels_that_only_KVM_boots_are_listed_when_asked_for()
    {
        await using var cloud = new TestCloud();
        Assert.Equal(["138"], await AmongAsync(""));
        Assert.Equal(["138", "210", "213"], await AmongAsync("isXen=0&isKVM=1"));
        Assert.Equal(["60 Latest Legacy (2.6.18.8-linode22)", "113 2.6.18.8-linode22"], (await cloud.RowsAsync("avail.kernels", "isXen=true"))
            .Where(row => (int)row["KERNELID"]! is 60 or 113).Select(row => $"{row["KERNELID"]} {row["LABEL"]}"));

        async Task<IEnumerable<string>> AmongAsync(string filter) =>
            (await cloud.RowsAsync("avail.kernels", filter)).Select(row => $"{row["KERNELID"]}").Where(id => id is "138" or "210" or "213");
    }

    [Fact]
    public async Task A_number_that_there_is_not_leaves_an_empty_list()
    {
        await using var cloud = new TestCloud();
        Assert.Empty(await cloud.RowsAsync("avail.linodeplans", "PlanID=99"));
        Assert.Empty(await cloud.RowsAsync("avail.distributions", "DistributionID=1"));
        Assert.Empty(await cloud.RowsAsync("avail.kernels", "KernelID=1"));
    }

    [Fact]
    public async Task Distributions_say_what_they_need()
    {
        await using var cloud = new TestCloud();
        var rows = (await cloud.RowsAsync("avail.distributions")).Where(row => (int)row["DISTRIBUTIONID"]! is 59 or 140);
        Assert.Equal(
            ["CentOS 5.6 32bit 0 950 2009-08-17 00:00:00.0", "Debian 8 1 900 2015-04-27 16:26:41.0"],
            rows.Select(row => $"{row["LABEL"]} {row["IS64BIT"]} {row["MINIMAGESIZE"]} {row["CREATE_DT"]}"));
    }
}
