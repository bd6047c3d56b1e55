using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class SecretReferenceTests
{
    [Theory]
    [InlineData("personal-token")]
    [InlineData("7/a_b.c/d-e")]
    public void Reads_and_writes_a_reference(string name)
    {
        Assert.Equal(name, SecretReference.Parse($"secret:{name}").Name);
        Assert.Equal($"secret:{name}", SecretReference.To(name).ToString());
        Assert.Equal(SecretReference.To(name), SecretReference.Parse($"secret:{name}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData(".hidden")]
    [InlineData("/root")]
    [InlineData("a/../b")]
    [InlineData("a..b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ü")]
    [InlineData("a~b")]
    public void Refuses_a_name_that_could_lead_elsewhere_or_means_another(string name)
    {
        Assert.False(SecretReference.IsName(name));
        Assert.Equal("LCT1030", Assert.Throws<LinodeToolkitException>(() => SecretReference.Parse($"secret:{name}")).Problem.Code);
    }

    [Fact]
    public void Refuses_a_name_too_long_for_a_file() => Assert.False(SecretReference.IsName(new string('a', 201)));

    [Fact]
    public void Tells_a_reference_from_a_value()
    {
        Assert.True(SecretReference.IsReference("secret:x"));
        Assert.False(SecretReference.IsReference("Secret:x"));
        Assert.Equal("LCT1033", Assert.Throws<LinodeToolkitException>(() => SecretReference.Parse("x")).Problem.Code);
    }
}
