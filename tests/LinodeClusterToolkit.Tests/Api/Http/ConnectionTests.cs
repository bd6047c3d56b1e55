using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinodeClusterToolkit.Tests.Api.Http;

public sealed class ConnectionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lct-api-").FullName;
    private readonly ManualTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("http://api.linode.com/")]
    [InlineData("http://192.168.1.4:8080/")]
    [InlineData("ftp://127.0.0.1/")]
    public void Refuses_to_send_a_token_unencrypted_to_another_machine(string url)
    {
        var failure = Assert.Throws<LinodeToolkitException>(() => LinodeV4.Create(Options(new(url))));
        Assert.Equal(("LCT1050", 1), (failure.Problem.Code, failure.Problem.Family));
    }

    [Theory]
    [InlineData("https://api.linode.com", "https://api.linode.com/v4/profile")]
    [InlineData("https://api.linode.com/v4", "https://api.linode.com/v4/profile")]
    [InlineData("https://api.linode.com/v4beta/", "https://api.linode.com/v4beta/profile")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/v4/profile")]
    [InlineData("http://[::1]:8080/linode", "http://[::1]:8080/linode/v4/profile")]
    public async Task Takes_addresses_with_and_without_the_version(string url, string called)
    {
        Uri? seen = null;
        using var handler = new Recorder(request => seen = request.RequestUri);
        using var client = new LinodeV4Client(Options(new(url)) with { Handler = handler });
        await client.SendAsync(new GetProfile());
        Assert.Equal(called, seen!.OriginalString);
    }

    [Fact]
    public async Task Says_who_it_is_and_unpacks_answers()
    {
        string? agent = null;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            agent = context.Request.Headers.UserAgent;
            Assert.Contains("gzip", context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync("""{"username":"ann"}"""u8.ToArray());
        });
        using var client = new LinodeV4Client(Options(server.Url));
        Assert.Equal("ann", (await client.SendAsync(new GetProfile())).Username);
        Assert.StartsWith("linode-cluster-toolkit/", agent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_carry_the_token_to_where_a_redirect_points()
    {
        var called = 0;
        await using var elsewhere = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref called);
            return Task.CompletedTask;
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Url.AbsoluteUri);
            return Task.CompletedTask;
        });
        using var client = new LinodeV4Client(Options(server.Url));
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new GetProfile()));
        Assert.Equal((ApiFailure.BadAnswer, 0), (failure.Failure, called));
    }

    [Fact]
    public async Task An_answer_cut_off_in_the_middle_is_asked_for_again()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 18;
            if (Interlocked.Increment(ref calls) == 1)
            {
                await context.Response.WriteAsync("""{"usern""");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            await context.Response.WriteAsync("""{"username":"ann"}""");
        });
        using var client = new LinodeV4Client(Options(server.Url) with { Time = time });
        Assert.Equal("ann", (await time.DriveAsync(client.SendAsync(new GetProfile()))).Username);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_with_the_address()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        using var client = new LinodeV4Client(Options(url) with { Time = time });
        var failure = await Assert.ThrowsAsync<LinodeApiException>(() => time.DriveAsync(client.SendAsync(new CreateInstance(new()))));
        Assert.Equal((ApiFailure.Unavailable, "LCT5011"), (failure.Failure, failure.Problem.Code));
        Assert.Contains(url.GetLeftPart(UriPartial.Authority), failure.Problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trusts_an_authority_it_is_given_and_no_other()
    {
        using var authority = new Authority();
        using var stranger = new Authority();
        using var certificate = authority.Issue("127.0.0.1");
        await using var server = await LoopbackServer.StartAsync(Profile, certificate);
        using var trusting = new LinodeV4Client(Options(server.Url) with { CertificateAuthority = File(authority) });
        Assert.Equal("ann", (await trusting.SendAsync(new GetProfile())).Username);
        Assert.Equal("LCT5012", await UntrustedAsync(Options(server.Url)));
        Assert.Equal("LCT5012", await UntrustedAsync(Options(server.Url) with { CertificateAuthority = File(stranger) }));
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_host_is_refused()
    {
        using var authority = new Authority();
        using var certificate = authority.Issue("elsewhere.example");
        await using var server = await LoopbackServer.StartAsync(Profile, certificate);
        Assert.Equal("LCT5012", await UntrustedAsync(Options(server.Url) with { CertificateAuthority = File(authority) }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate in here")]
    public void A_file_without_certificates_is_named(string? text)
    {
        var file = Path.Combine(folder, "ca.pem");
        if (text is not null)
        {
            System.IO.File.WriteAllText(file, text);
        }

        var options = Options(new("https://api.example/")) with { CertificateAuthority = file };
        var failure = Assert.Throws<LinodeToolkitException>(() => LinodeV4.Create(options));
        Assert.Equal(("LCT7050", file), (failure.Problem.Code, failure.Problem.Where));
    }

    private static V4Options Options(Uri url) => new() { ApiUrl = url, Token = () => new Sensitive("t0ken") };

    private static async Task Profile(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"username":"ann"}""");
    }

    private static async Task<string> UntrustedAsync(V4Options options)
    {
        using var client = new LinodeV4Client(options);
        return (await Assert.ThrowsAsync<LinodeApiException>(() => client.SendAsync(new GetProfile()))).Problem.Code;
    }

    private string File(Authority authority)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.pem");
        System.IO.File.WriteAllText(file, authority.Pem);
        return file;
    }

    private sealed class Recorder(Action<HttpRequestMessage> record) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(FakeApi.Json("""{"username":"ann"}"""));
        }
    }
}
