using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>The signs of work that a plan names, looked for by the real script at a real port.</summary>
public sealed class ReadyScriptTests
{
    [Fact]
    public async Task A_port_that_is_listened_on_and_a_path_that_is_answered_well_are_found()
    {
        using var server = Server.Answering("HTTP/1.0 204 No Content");

        Assert.Equal((0, ""), await RunAsync(Script.Call("port_well", "1", $"{server.Port}").Call("http_well", "1", $"{server.Port}", "/health?x=1")));
        Assert.StartsWith("GET /health?x=1 HTTP/1.0", server.Asked);
    }

    [Fact]
    public async Task What_is_answered_badly_is_told_with_its_status()
    {
        using var server = Server.Answering("HTTP/1.1 503 Service Unavailable");

        var (code, error) = await RunAsync(Script.Call("http_well", "0", $"{server.Port}", "/"));

        Assert.Equal((1, $"lct error http://127.0.0.1:{server.Port}/ answers 503 after a while"), (code, error));
    }

    [Fact]
    public async Task Where_nothing_listens_or_a_command_fails_it_is_said_in_its_own_words()
    {
        Assert.Equal((1, "lct error nothing listens on TCP port 1 after a while"), await RunAsync(Script.Call("port_well", "1", "1")));
        var (code, error) = await RunAsync(Script.Call("command_well", "0", "echo not yet; exit 3"));
        Assert.Equal((1, "lct error after a while still without success: echo not yet; exit 3: not yet"), (code, error));
        Assert.Equal((0, ""), await RunAsync(Script.Call("command_well", "0", "true")));
    }

    private static ShellScript Script => ShellScript.Of("Configuration", "ready");

    private static async Task<(int Code, string Error)> RunAsync(ShellScript script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-s"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await shell.StandardInput.WriteAsync(script.ToString());
        shell.StandardInput.Close();
        var error = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, Regex.Replace(error.Trim(), @"after \d+ seconds", "after a while")); // a busy machine has longer seconds
    }

    /// <summary>Answers every request with one status line.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly string status;

        private Server(string status)
        {
            this.status = status;
            listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public string Asked { get; private set; } = "";

        public static Server Answering(string status) => new(status);

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var buffer = new byte[1024];
                Asked = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{status}\r\nContent-Length: 0\r\n\r\n"));
            }
        }
    }
}
