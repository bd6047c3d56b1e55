using LinodeClusterToolkit.Api.V3;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class V3NamesTests
{
    [Theory]
    [InlineData(false, 6, "Newark, NJ", "newark", "us-east")]
    [InlineData(true, 6, "Newark, NJ", "newark", "us-east-1a")]
    [InlineData(false, 1011, "Chicago, IL", "chicago", "us-ord")]
    [InlineData(false, 1099, "Nowhere", "nowhere1", "nowhere1")]
    public void A_region_has_the_name_of_its_time(bool isOf2017, long number, string place, string abbreviation, string name) =>
        Assert.Equal(name, new V3Names(isOf2017).Region(number, place, abbreviation));

    [Theory]
    [InlineData(1, "Linode 1024", 1024, 20, "g5-nanode-1")]
    [InlineData(1, "Nanode 1GB", 1024, 25, "g6-nanode-1")]
    [InlineData(6, "Linode 24576", 24576, 384, "g5-standard-8")]
    [InlineData(77, "Linode 1", 1, 1, "v3-plan-77")]
    public void A_type_is_known_by_its_size_since_numbers_meant_others_every_other_year(long number, string label, int ram, int disk, string name) =>
        Assert.Equal(name, V3Names.Type(number, label, ram, disk * 1024));

    [Theory]
    [InlineData(146, "Ubuntu 16.04 LTS", "linode/ubuntu16.04lts")]
    [InlineData(140, "Debian 8", "linode/debian8")]
    [InlineData(148, "Arch 2017.04.01", "linode/arch")]
    [InlineData(1001, "Debian 12", "linode/debian12")]
    [InlineData(1002, "Plan 9 from Bell", "linode/plan9frombell")]
    public void An_image_has_its_name_of_version_4(long number, string label, string name) =>
        Assert.Equal(name, V3Names.Image(number, label));

    [Theory]
    [InlineData(false, 210, "GRUB 2", "linode/grub2")]
    [InlineData(true, 210, "GRUB 2", "linode/grub2")]
    [InlineData(false, 138, "Latest 64 bit (4.9.36-x86_64-linode85)", "linode/latest-64bit")]
    [InlineData(true, 138, "Latest 64 bit (4.9.36-x86_64-linode85)", "linode/latest_64")]
    public void A_kernel_has_the_name_of_its_time(bool isOf2017, long number, string label, string name) =>
        Assert.Equal(name, new V3Names(isOf2017).Kernel(number, label));
}
