using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.RabbitMq;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.RabbitMq;

[UnsupportedOSPlatform("windows")]
public sealed class RabbitMqLoginTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("amqp://tests:hush@HOST/PLACE", "LCT7153", false)]
    [InlineData("amqp://tests@HOST/PLACE", "LCT7153", false)]
    [InlineData("amqp://tests:tests@HOST/nowhere", "LCT7154", false)]
    [InlineData("amqp://tests:hush@127.0.0.1:1/", "LCT7152", true)]
    public async Task Says_what_is_wrong_with_a_server_and_no_password(string url, string code, bool retryable)
    {
        var place = new Uri(RabbitMqServer.NewPlace());
        var patience = retryable ? TimeSpan.FromSeconds(1) : Patience;
        await using var broker = RabbitMqServer.Open(url.Replace("HOST", place.Authority).Replace("/PLACE", place.AbsolutePath), patience);
        var put = (await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.PublishAsync("lct.a", Taken.Messages("x"), default))).Problem;
        var depth = (await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.DepthAsync("lct.a", default))).Problem;
        Assert.Equal((code, code, retryable), (put.Code, depth.Code, put.Retryable));
        Assert.DoesNotContain("hush", $"{put} {put.Why} {string.Join(' ', put.Fixes)} {broker.State.Why}");
        Assert.False(broker.State.IsConnected);
        Assert.NotEmpty(broker.State.Why!);
    }

    [Fact]
    public async Task Asks_for_the_password_whenever_it_connects()
    {
        var place = RabbitMqServer.NewPlace();
        var asked = 0;
        await using var broker = new RabbitMqBroker(
            RabbitMqAddress.Parse(place.Replace(":tests@", "@")), () => new(asked++ == 0 ? "old" : "tests"), Patience);
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.DepthAsync("lct.a", default));
        Assert.Equal("LCT7153", refused.Problem.Code);
        Assert.Equal(0, await broker.DepthAsync("lct.a", default));
    }

    [Fact]
    public async Task Takes_no_certificate_but_one_for_that_name_by_an_authority_that_is_trusted()
    {
        var (authority, certificate, key) = (folder["ca.pem"], folder["cert.pem"], folder["key.pem"]);
        WriteCertificates(authority, certificate, key);

        // The server is another user.
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_000_101);
        var port = FreePort();
        using var server = RabbitMqServer.Own($"""
            listeners.ssl.1 = 127.0.0.1:{port}
            ssl_options.certfile = {certificate}
            ssl_options.keyfile = {key}
            """);
        var tls = $"amqps://tests:tests@localhost:{port}/";
        await using (var trusted = RabbitMqServer.Open($"{tls}?cacertfile={Uri.EscapeDataString(authority)}", Patience))
        {
            await trusted.PublishAsync("lct.a", Taken.Messages("x"), default);
        }

        foreach (var url in new[] { tls, $"{tls.Replace("localhost", "127.0.0.1")}?cacertfile={Uri.EscapeDataString(authority)}" })
        {
            await using var broker = RabbitMqServer.Open(url, Patience);
            var refused = (await Assert.ThrowsAsync<LinodeToolkitException>(() => broker.DepthAsync("lct.a", default))).Problem;
            Assert.Equal(("LCT7159", false), (refused.Code, refused.Retryable));
        }
    }

    public void Dispose() => folder.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void WriteCertificates(string authority, string certificate, string key)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=tests", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(root, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        File.WriteAllText(authority, root.ExportCertificatePem());
        File.WriteAllText(certificate, signed.ExportCertificatePem());
        File.WriteAllText(key, own.ExportPkcs8PrivateKeyPem());
    }
}
