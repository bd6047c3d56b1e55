using LinodeClusterToolkit.Naming;

namespace LinodeClusterToolkit.Tests.Naming;

public class HostNamesTests
{
    [Theory]
    [InlineData("web-1", true)]
    [InlineData("internal.kafka-8.iot.sg", true)]
    [InlineData("1web", true)]
    [InlineData("", false)]
    [InlineData("a..b", false)]
    [InlineData("-web", false)]
    [InlineData("web-.x", false)]
    [InlineData("web_1", false)]
    [InlineData("a-part-that-is-longer-than-the-sixty-three-characters-which-are-allowed", false)]
    public void Knows_what_rfc_1123_takes(string name, bool legal) => Assert.Equal(legal, HostNames.Fault(name) is null);

    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("web_1", "web-1")]
    public void Makes_a_host_name_of_a_label(string label, string name) => Assert.Equal(name, HostNames.FromLabel(label));

    [Fact]
    public void A_label_of_64_characters_becomes_a_legal_host_name() => Assert.Null(HostNames.Fault(HostNames.FromLabel(new string('a', 64))));
}
