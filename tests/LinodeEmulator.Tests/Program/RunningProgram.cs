using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Program;

/// <summary>The real executable, and what it printed first.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;

    private RunningProgram(Process process, JsonNode ready)
    {
        _process = process;
        Ready = ready;
        Client = new HttpClient { BaseAddress = new Uri((string)ready["url"]!) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token");
    }

    public JsonNode Ready { get; }

    public HttpClient Client { get; }

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "linode-emulator");

    public static Process Launch(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public static async Task<RunningProgram> StartAsync(params string[] arguments)
    {
        var process = Launch(arguments);
        var line = await process.StandardOutput.ReadLineAsync();
        return line is null
            ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync())
            : new RunningProgram(process, JsonNode.Parse(line)!);
    }

    /// <summary>Ends it as nobody could prevent.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string MoreOutput, string Errors)> EndAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await ExitAsync();
    }

    public async Task<(int ExitCode, string MoreOutput, string Errors)> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _process.StandardOutput.ReadToEndAsync(), await _process.StandardError.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
