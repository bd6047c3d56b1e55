using System.Net;

namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class OtherActionsTests
{
    [Fact]
    public async Task Volumes_are_made_attached_grown_and_let_go()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync("web-1");
        cloud.Pass(60);
        var volume = (await cloud.DataAsync("volume.create", $"Label=data&Size=20&LinodeID={id}"))["VolumeID"];
        cloud.Pass(60);
        await cloud.DataAsync("volume.update", $"VolumeID={volume}&Size=30&Label=store");
        cloud.Pass(60);
        Assert.Equal($"store 30 {id} 6", await RowAsync());
        Assert.Equal(id, (long)(await cloud.GetAsync($"volumes/{volume}")).Json["linode_id"]!);
        await cloud.DataAsync("volume.update", $"VolumeID={volume}&LinodeID=0");
        cloud.Pass(60);
        Assert.Equal("store 30 0 6", await RowAsync());
        Assert.Equal(8, (await cloud.V3Async("volume.create", "Label=lost&Size=20")).Code);
        await cloud.DataAsync("volume.clone", $"CloneFromID={volume}&Label=copy");
        await cloud.DataAsync("volume.delete", $"VolumeID={volume}");
        Assert.Equal("copy", (string)Assert.Single(await cloud.RowsAsync("volume.list"))["LABEL"]!);

        async Task<string> RowAsync()
        {
            var row = (await cloud.RowsAsync("volume.list", $"VolumeID={volume}"))[0];
            return $"{row["LABEL"]} {row["SIZE"]} {row["LINODEID"]} {row["DATACENTERID"]}";
        }
    }

    [Fact]
    public async Task Balancers_are_made_with_ports_and_back_ends()
    {
        await using var cloud = new TestCloud();
        var web = await cloud.CreateOldAsync("web-1");
        var address = (await cloud.DataAsync("linode.ip.addprivate", $"LinodeID={web}"))["IPADDRESS"];
        var balancer = (await cloud.DataAsync("nodebalancer.create", "DatacenterID=6&ClientConnThrottle=5"))["NodeBalancerID"];
        var config = (await cloud.DataAsync("nodebalancer.config.create", $"NodeBalancerID={balancer}&Port=8080&check_passive=0"))["ConfigID"];
        var node = (await cloud.DataAsync("nodebalancer.node.create", $"ConfigID={config}&Label=web-1&Address={address}:80"))["NodeID"];
        Assert.Equal(8, (await cloud.V3Async("nodebalancer.node.create", $"ConfigID={config}&Label=web-2&Address=8.8.8.8:80")).Code);
        Assert.Equal(7, (await cloud.V3Async("nodebalancer.config.update", $"ConfigID={config}&check_passive=true")).Code);
        await cloud.DataAsync("nodebalancer.update", $"NodeBalancerID={balancer}&Label=front");
        await cloud.DataAsync("nodebalancer.config.update", $"ConfigID={config}&Algorithm=leastconn");
        await cloud.DataAsync("nodebalancer.node.update", $"NodeID={node}&Weight=7&Mode=drain");
        var port = (await cloud.RowsAsync("nodebalancer.config.list", $"NodeBalancerID={balancer}"))[0];
        Assert.Equal("8080 http leastconn table connection 5 3 2 0", port.Told(
            "PORT", "PROTOCOL", "ALGORITHM", "STICKINESS", "CHECK", "CHECK_INTERVAL", "CHECK_TIMEOUT", "CHECK_ATTEMPTS", "CHECK_PASSIVE"));
        var back = (await cloud.RowsAsync("nodebalancer.node.list", $"ConfigID={config}"))[0];
        Assert.Equal($"web-1 {address}:80 7 drain Unknown", $"{back["LABEL"]} {back["ADDRESS"]} {back["WEIGHT"]} {back["MODE"]} {back["STATUS"]}");
        Assert.Equal("front", (string)(await cloud.GetAsync($"nodebalancers/{balancer}")).Json["label"]!);
        Assert.Equal("front 6 5", (await cloud.RowsAsync("nodebalancer.list"))[0].Told("LABEL", "DATACENTERID", "CLIENTCONNTHROTTLE"));
        await cloud.DataAsync("nodebalancer.node.delete", $"NodeID={node}");
        await cloud.DataAsync("nodebalancer.config.delete", $"NodeBalancerID={balancer}&ConfigID={config}");
        await cloud.DataAsync("nodebalancer.delete", $"NodeBalancerID={balancer}");
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"nodebalancers/{balancer}")).Status);
    }

    [Fact]
    public async Task Zones_round_their_times_up_and_fold_services_into_names()
    {
        await using var cloud = new TestCloud();
        Assert.Equal(8, (await cloud.V3Async("domain.create", "Domain=example.org&Type=master")).Code);
        const string Zone = "Domain=example.org&Type=master&SOA_Email=a@example.org&TTL_sec=301&axfr_ips=192.0.2.1";
        var zone = (await cloud.DataAsync("domain.create", Zone))["DomainID"];
        Assert.Equal(8, (await cloud.V3Async("domain.create", "Domain=example.org&Type=slave&master_ips=192.0.2.9")).Code);
        var row = (await cloud.RowsAsync("domain.list", $"DomainID={zone}"))[0];
        Assert.Equal("example.org master 1 3600  192.0.2.1;", row.Told("DOMAIN", "TYPE", "STATUS", "TTL_SEC", "MASTER_IPS", "AXFR_IPS"));
        await cloud.DataAsync("domain.resource.create", $"DomainID={zone}&Type=SRV&Name=_sip&Protocol=tcp&Target=pbx.example.org&TTL_sec=3000000");
        var record = (await cloud.DataAsync("domain.resource.create", $"DomainID={zone}&Type=a&Target=[remote_addr]"))["ResourceID"];
        Assert.Equal(
            ["srv _sip._tcp pbx.example.org 2419200", "a  127.0.0.1 0"],
            (await cloud.RowsAsync("domain.resource.list", $"DomainID={zone}")).Select(one => one.Told("TYPE", "NAME", "TARGET", "TTL_SEC")));
        Assert.Equal(5, (await cloud.V3Async("domain.resource.list", $"DomainID={zone}&ResourceID=1")).Code);
        await cloud.DataAsync("domain.resource.delete", $"DomainID={zone}&ResourceID={record}");
        await cloud.DataAsync("domain.delete", $"DomainID={zone}");
        Assert.Equal(5, (await cloud.V3Async("domain.list", $"DomainID={zone}")).Code);
    }

    [Fact]
    public async Task The_account_says_what_it_has_used_and_what_more_would_cost()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        Assert.Equal("1000", $"{(await cloud.DataAsync("account.info"))["TRANSFER_POOL"]}");
        var estimate = await cloud.DataAsync("account.estimateinvoice", $"mode=linode_resize&PlanID=2&LinodeID={id}");
        Assert.Equal("7.0 2026-01-31 19:00:00", $"{estimate["AMOUNT"]} {estimate["INVOICE_TO"]}");
        Assert.Equal(8, (await cloud.V3Async("account.estimateinvoice", "mode=everything")).Code);
    }
}
