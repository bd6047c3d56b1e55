using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.RabbitMq;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.RabbitMq;

public sealed class RabbitMqAddressTests
{
    [Theory]
    [InlineData("amqp://localhost", "localhost", 5672, "/", "guest", false)]
    [InlineData("amqp://localhost/", "localhost", 5672, "/", "guest", false)]
    [InlineData("amqp://me@127.0.0.1:5673/work", "127.0.0.1", 5673, "work", "me", false)]
    [InlineData("amqp://me@[::1]/%2f", "::1", 5672, "/", "me", false)]
    [InlineData("amqps://m%40e@mq.example.org/a%2Fb", "mq.example.org", 5671, "a/b", "m@e", true)]
    [InlineData("amqps://me@mq.example.org:5679/?cacertfile=/etc/ca.pem", "mq.example.org", 5679, "/", "me", true)]
    [InlineData("amqp://me@mq.example.org/?tls=off", "mq.example.org", 5672, "/", "me", false)]
    public void Reads_addresses(string url, string host, int port, string virtualHost, string user, bool tls)
    {
        var address = RabbitMqAddress.Parse(url);
        Assert.Equal((host, port, virtualHost, user, tls), (address.Host, address.Port, address.VirtualHost, address.User, address.Tls));
    }

    [Theory]
    [InlineData("http://host/x")]
    [InlineData("amqp:host")]
    [InlineData("amqp://localhost/a/b")]
    [InlineData("amqp://localhost/?colour=blue")]
    [InlineData("amqp://localhost/?cacertfile=x")]
    [InlineData("amqps://mq.example.org/?tls=off")]
    [InlineData("amqp://localhost/?tls=on")]
    [InlineData("host=x")]
    public void Reads_no_address_that_is_none(string url) =>
        Assert.Equal("LCT7151", Assert.Throws<LinodeToolkitException>(() => RabbitMqAddress.Parse(url)).Problem.Code);

    [Fact]
    public void Goes_to_other_machines_by_checked_certificates_unless_told_otherwise()
    {
        var refused = Assert.Throws<LinodeToolkitException>(() => RabbitMqQueue.Provider("amqp://me:hush@mq.example.org/x")).Problem;
        Assert.Equal("LCT7151", refused.Code);
        Assert.Contains("in the open", refused.Why);
        Assert.DoesNotContain("hush", $"{refused} {refused.Why} {string.Join(' ', refused.Fixes)}");
        Assert.True(RabbitMqFactory.Of(RabbitMqAddress.Parse("amqps://me@mq.example.org"), null, "x").Ssl.Enabled);
    }

    [Fact]
    public void Shows_no_password()
    {
        var address = RabbitMqAddress.Parse("amqps://me:hush@mq.example.org/x");
        Assert.True(RabbitMqQueue.HasPassword("amqps://me:hush@mq.example.org/x"));
        Assert.False(RabbitMqQueue.HasPassword("amqps://me@mq.example.org/x"));
        Assert.DoesNotContain("hush", $"{address} {address.Description} {RabbitMqQueue.Provider("amqps://me:hush@mq.example.org/x").Description}");
        Assert.Equal("RabbitMQ mq.example.org:5671/x", address.Description);
        Assert.Equal("hush", RabbitMqFactory.Of(address, null, "x").Password);
        Assert.Equal("other", RabbitMqFactory.Of(address, new Sensitive("other"), "x").Password);
    }

    [Theory]
    [InlineData("amqp://host", true)]
    [InlineData("amqps://host", true)]
    [InlineData("postgres://host", false)]
    [InlineData("sqlite", false)]
    public void Knows_what_is_meant_to_be_one(string text, bool isOne) => Assert.Equal(isOne, RabbitMqQueue.IsAddress(text));
}
