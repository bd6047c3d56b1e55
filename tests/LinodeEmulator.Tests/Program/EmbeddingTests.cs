using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace LinodeEmulator.Tests.Program;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Listens_on_a_free_port_of_the_loopback_address()
    {
        await using var emulator = await Emulator.StartAsync();
        Assert.True(emulator.Url.IsLoopback);
        Assert.NotEqual(0, emulator.Url.Port);
        using var client = new HttpClient { BaseAddress = emulator.Url };
        using var answer = await client.GetAsync(new Uri("/v4/regions", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Lives_in_a_test_server_and_finds_ids_with_a_slash()
    {
        await using var emulator = Emulator.Build();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.MapEmulator(emulator);
        await app.StartAsync();
        using var client = app.GetTestClient();
        Assert.Contains("\"linode/debian12\"", await client.GetStringAsync("/v4/images/linode%2Fdebian12"), StringComparison.Ordinal);
        Assert.Contains("\"page\":2", await client.GetStringAsync("/v4/linode/kernels?page=2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Surfaces_a_cut_connection_as_an_exception_in_a_test_server()
    {
        await using var emulator = Emulator.Build(new EmulatorOptions { Faults = [LinodeEmulator.Faults.FaultSpec.Parse("cut-before")] });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.MapEmulator(emulator);
        await app.StartAsync();
        using var client = app.GetTestClient();
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(new Uri("/v4/regions", UriKind.Relative)));
    }

    [Fact]
    public async Task Takes_many_requests_at_once()
    {
        await using var emulator = await Emulator.StartAsync(new EmulatorOptions { Limits = LinodeEmulator.Limits.RateLimits.None });
        using var client = new HttpClient { BaseAddress = emulator.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(index => client.PostAsync("/v4/linode/instances", new StringContent(TestCloud.Node($"web-{index}")))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var twice = await client.PostAsync("/v4/linode/instances", new StringContent(TestCloud.Node("web-0")));
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
    }
}
