using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Catalog.Matching;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Catalog;

public class FindImageTests
{
    private static readonly LinodeCatalog Today = LinodeCatalog.BuiltIn;
    private static readonly LinodeCatalog In2017 = new(Offers.Of2017);

    [Theory]
    [InlineData("linode/debian12", "linode/debian12", MatchKind.Id)]
    [InlineData("debian 12", "linode/debian12", MatchKind.Name)]
    [InlineData("debian12", "linode/debian12", MatchKind.Name)]
    [InlineData("Ubuntu 24.04 LTS", "linode/ubuntu24.04", MatchKind.Name)]
    [InlineData("ubuntu 24.04", "linode/ubuntu24.04", MatchKind.Words)]
    [InlineData("24.04 ubuntu", "linode/ubuntu24.04", MatchKind.Words)]
    [InlineData("ubuntu 24", "linode/ubuntu24.04", MatchKind.Prefix)]
    [InlineData("rocky 9", "linode/rocky9", MatchKind.Words)]
    [InlineData("arch", "linode/arch", MatchKind.Name)]
    [InlineData("fedora", "linode/fedora43", MatchKind.Words)]
    [InlineData("148", "linode/arch", MatchKind.Legacy)]
    [InlineData("linode/gentoo2017.07.12", "linode/gentoo", MatchKind.Legacy)]
    [InlineData("nvidia", "linode/ubuntu24.04-nvidia", MatchKind.Words)]
    [InlineData("kubernetes 1.34.6", "linode/debian12-kube-v1.34.6", MatchKind.Words)]
    [InlineData("centos stream 9", "linode/centos-stream9", MatchKind.Name)]
    public void Finds_today_s_image(string asked, string id, MatchKind how)
    {
        var found = Assert.IsType<Match<Image>.Found>(Today.FindImage(asked));

        Assert.Equal((id, how), (found.Item.Id, found.How));
    }

    [Theory]
    [InlineData("ubuntu 16.04 lts", "linode/ubuntu16.04lts")]
    [InlineData("ubuntu 16.04", "linode/ubuntu16.04lts")]
    [InlineData("linode/ubuntu16.04", "linode/ubuntu16.04lts")]
    [InlineData("146", "linode/ubuntu16.04lts")]
    [InlineData("debian", "linode/debian8")]
    [InlineData("arch 2017.04.01", "linode/arch2017.07.01")]
    public void Finds_the_image_in_the_offer_of_2017(string asked, string id) => Assert.Equal(id, In2017.FindImage(asked).OrThrow().Id);

    [Theory]
    [InlineData("ubuntu", "linode/ubuntu24.04 linode/ubuntu22.04")]
    [InlineData("debian", "linode/debian13 linode/debian12 linode/debian11")]
    [InlineData("alma", "linode/almalinux10 linode/almalinux9 linode/almalinux8")]
    public void Lists_the_images_a_word_fits_newest_first(string asked, string ids)
    {
        var many = Assert.IsType<Match<Image>.Ambiguous>(Today.FindImage(asked));

        Assert.Equal(ids, string.Join(' ', many.Items.Select(image => image.Id)));
    }

    [Fact]
    public void Words_an_ambiguity_with_labels_and_ids()
    {
        var problem = Today.FindImage("ubuntu").Problem!;

        Assert.Equal(("LCT4003", "image \"ubuntu\" fits 2 images"), (problem.Code, problem.What));
        Assert.Equal(["say which: \"ubuntu 24.04 lts\" (linode/ubuntu24.04), \"ubuntu 22.04 lts\" (linode/ubuntu22.04)"], problem.Fixes);
    }

    [Theory]
    [InlineData("ubuntu 16.04 lts", "linode/ubuntu24.04")]
    [InlineData("146", "linode/ubuntu24.04")]
    [InlineData("linode/ubuntu14.04lts", "linode/ubuntu24.04")]
    [InlineData("ubuntu 18.04", "linode/ubuntu24.04")]
    [InlineData("Debian 9", "linode/debian13")]
    [InlineData("linode/debian10", "linode/debian13")]
    [InlineData("109", "linode/debian13")]
    [InlineData("CentOS 6.8", "linode/centos-stream10")]
    [InlineData("openSUSE 13.2", "linode/opensuse15.6")]
    [InlineData("CoreOS Container Linux", null)]
    public void Names_the_successor_of_a_retired_image_and_never_takes_it(string asked, string? successor)
    {
        var retired = Assert.IsType<Match<Image>.Retired>(Today.FindImage(asked));

        Assert.Equal(successor, retired.Successor?.Id);
        Assert.Equal("LCT4004", retired.Problem.Code);
    }

    [Fact]
    public void Tells_what_a_retired_number_was()
    {
        var problem = Today.FindImage("146").Problem!;

        Assert.Equal("image \"146\" is not offered any more", problem.What);
        Assert.Equal("once offered as Ubuntu 16.04 LTS, linode/ubuntu16.04lts", problem.Why);
        Assert.Equal(["use \"ubuntu 24.04 lts\" (linode/ubuntu24.04)"], problem.Fixes);
    }

    [Fact]
    public void Warns_of_a_deprecated_image_it_found() =>
        Assert.Equal("129 → linode/centos7; linode/centos7 is deprecated", ((Match<Image>.Found)Today.FindImage("129")).Note);

    [Fact]
    public void Says_that_an_image_is_not_ready()
    {
        var own = new LinodeCatalog(Offers.OfImages(Offers.Private("private/7", "golden") with { Status = "creating" }));

        Assert.Equal("golden → private/7; private/7 is creating", ((Match<Image>.Found)own.FindImage("golden")).Note);
    }

    [Fact]
    public void Prefers_a_public_image_to_a_private_one_of_a_similar_name()
    {
        var mixed = new LinodeCatalog(Offers.OfImages(
            Offers.Private("private/7", "debian 12 web"), Offers.Distribution("linode/debian12", "Debian 12 bookworm", "Debian")));

        Assert.Equal("linode/debian12", mixed.FindImage("debian 12").OrThrow().Id);
        Assert.Equal("private/7", mixed.FindImage("debian web").OrThrow().Id);
    }

    [Fact]
    public void One_called_just_as_a_public_one_is_has_to_be_told_from_it()
    {
        var mixed = new LinodeCatalog(Offers.OfImages(
            Offers.Private("private/7", "Debian 12"), Offers.Distribution("linode/debian12", "Debian 12", "Debian"),
            Offers.Distribution("linode/debian11", "Debian 11", "Debian")));

        var problem = Assert.Throws<LinodeToolkitException>(() => mixed.FindImage("debian 12").OrThrow()).Problem;

        Assert.Equal("LCT4003", problem.Code);
        Assert.Contains("private/7", problem.Fixes[0], StringComparison.Ordinal);
        Assert.Contains("linode/debian12", problem.Fixes[0], StringComparison.Ordinal);
        Assert.Equal("private/7", mixed.FindImage("private/7").OrThrow().Id);
        Assert.Equal("linode/debian11", mixed.FindImage("debian 11").OrThrow().Id);
    }

    [Theory]
    [InlineData("1.34.6")]
    [InlineData("ubuntu 24.04 vmulti")]
    [InlineData("debian 14")]
    [InlineData("12")]
    [InlineData("999")]
    [InlineData("windows 95")]
    public void Finds_nothing_where_nothing_is_meant(string asked) => Assert.IsType<Match<Image>.NotFound>(Today.FindImage(asked));

    [Fact]
    public void Suggests_near_names_for_a_slip() => Assert.Equal("debian12", ((Match<Image>.NotFound)Today.FindImage("debain12")).Nearest[0]);

    public static TheoryData<string> OldNames() => [.. Past.Images.Rows.Distinct().SelectMany(row => row.Ids.Concat(row.Names))];

    [Theory]
    [MemberData(nameof(OldNames))]
    public void Every_old_name_leads_to_an_image_of_the_same_vendor(string name)
    {
        var vendor = Past.Images.Find(name)!.Vendor;

        switch (Today.FindImage(name))
        {
            case Match<Image>.Found found:
                Assert.Equal(vendor, found.Item.Vendor);
                break;
            case Match<Image>.Retired { Successor: { } successor }:
                Assert.Equal(vendor, successor.Vendor);
                break;
            case Match<Image>.Retired:
                Assert.Equal("CoreOS", vendor);
                break;
            case var other:
                Assert.Fail($"{name}: {other}");
                break;
        }
    }

    [Fact]
    public void Defaults_to_debian_12() => Assert.Equal("linode/debian12", Today.DefaultImage.Id);

    [Fact]
    public void Defaults_to_the_newest_debian_with_cloud_init_where_there_is_no_12()
    {
        var later = new LinodeCatalog(Offers.OfImages(
            Offers.Distribution("linode/debian13", "Debian 13", "Debian", cloudInit: true),
            Offers.Distribution("linode/debian15", "Debian 15", "Debian"),
            Offers.Distribution("linode/debian12", "Debian 12", "Debian", deprecated: true, cloudInit: true),
            Offers.Distribution("linode/debian14", "Debian 14", "Debian", cloudInit: true),
            Offers.Distribution("linode/debian14-kube-v2", "Kubernetes 2 on Debian 14", "Debian", cloudInit: true)));

        Assert.Equal("linode/debian14", later.DefaultImage.Id);
    }

    [Fact]
    public void Defaults_to_a_debian_without_cloud_init_in_2017() => Assert.Equal("linode/debian8", In2017.DefaultImage.Id);

    [Fact]
    public void Has_no_default_without_any_debian() =>
        Assert.Equal("LCT4001", Assert.Throws<LinodeToolkitException>(() => new LinodeCatalog(Offers.OfImages()).DefaultImage).Problem.Code);
}
