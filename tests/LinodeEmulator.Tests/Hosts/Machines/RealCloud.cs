using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Hosts.Machines;

/// <summary>An emulator with real machines, and a key that gets into each of them.</summary>
public sealed class RealCloud : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-test-").FullName;
    private HttpClient _client = new();

    internal Emulator Emulator { get; private set; } = null!;

    private string Key => $"{_folder}/key";

    public async Task InitializeAsync()
    {
        Emulator = await Emulator.StartAsync(new EmulatorOptions
        {
            Hosts = "auto", Latency = LatencyProfile.None, Limits = LinodeEmulator.Limits.RateLimits.None,
        });
        _client = new HttpClient { BaseAddress = Emulator.Url };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token");
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Key);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<JsonNode> SendAsync(string method, string path, string body = "{}")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : "/v4/" + path);
        if (method is not "GET")
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Asks the older face, and takes the data of what it answers.</summary>
    internal async Task<JsonNode> OldAsync(string action, string parameters)
    {
        using var form = new StringContent($"api_key=k&api_action={action}&{parameters}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _client.PostAsync("/", form);
        var envelope = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True(envelope["ERRORARRAY"]!.AsArray().Count == 0, envelope.ToJsonString());
        return envelope["DATA"]!;
    }

    internal async Task<string> PublicKeyAsync() => (await File.ReadAllTextAsync(Key + ".pub")).Trim();

    internal async Task<Node> CreateAsync(string label, string more = "")
    {
        var key = await PublicKeyAsync();
        var fields = $"\"private_ip\":true,\"authorized_keys\":[\"{key}\"]{(more.Length > 0 ? "," : "")}{more}";
        var made = await SendAsync("POST", "linode/instances", TestCloud.Node(label, fields));
        return new Node(this, (long)made["id"]!, (string)made["ipv4"]![0]!, (string)made["ipv4"]![1]!);
    }

    internal async Task<JsonNode> MachineAsync(long id) =>
        (await SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray().First(machine => (long)machine!["id"]! == id)!;

    internal async Task<string> StrangerAsync() => (string)(await SendAsync("GET", "/_emulator/machines"))["strangers"]![0]!["namespace"]!;

    /// <summary>Runs a command on a node as soon as that lets it in.</summary>
    internal async Task<string> SshAsync(string address, string command)
    {
        var (since, last) = (Stopwatch.StartNew(), "");
        while (since.Elapsed < Patience)
        {
            if (await AnswersAsync(address))
            {
                var (code, output, errors) = await TryAsync(
                    "ssh", "-F", "/dev/null", "-i", Key, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no",
                    "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=5", $"root@{address}", command);
                if (code != 255)
                {
                    return output.Trim();
                }

                last = errors;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{address} let nobody in: {last}");
    }

    /// <summary>Whether the SSH port can be reached from within a namespace.</summary>
    internal static async Task<bool> CanReachAsync(string networkNamespace, string address, int port = 22) =>
        (await TryAsync(
            "nsenter", $"--net=/run/netns/{networkNamespace}", "timeout", "2", "bash", "-c", $"exec 3<>/dev/tcp/{address}/{port}")).Code == 0;

    internal static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var since = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(since.Elapsed < Patience, $"it did not come to this: {what}");
            await Task.Delay(100);
        }
    }

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    internal static async Task<(int Code, string Output, string Errors)> TryAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static async Task<bool> AnswersAsync(string address)
    {
        using var client = new TcpClient();
        using var patience = new CancellationTokenSource(500);
        try
        {
            await client.ConnectAsync(address, 22, patience.Token);
            return true;
        }
        catch (Exception wrong) when (wrong is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>A node, and what one does with it.</summary>
internal sealed record Node(RealCloud Cloud, long Id, string Public, string Private)
{
    public Task<string> SshAsync(string command) => Cloud.SshAsync(Public, command);

    public Task SendAsync(string action, string body = "{}") => Cloud.SendAsync("POST", $"linode/instances/{Id}/{action}", body);

    public async Task<string> StatusAsync() => (string)(await Cloud.SendAsync("GET", $"linode/instances/{Id}"))["status"]!;

    public async Task<int> BootsAsync() => (int)(await Cloud.MachineAsync(Id))["boots"]!;

    public async Task<string> PhaseAsync() => (string)(await Cloud.MachineAsync(Id))["phase"]!;
}
