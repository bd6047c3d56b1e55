using System.Security.Cryptography;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Emulators;

/// <summary>The emulator of this user on this machine: started when needed, found again by a file, safe to start twice at once.</summary>
/// <param name="host">The machine.</param>
/// <param name="home">Its folder.</param>
/// <param name="say">Told what it does while it takes its time.</param>
internal sealed class LocalEmulator(ToolHost host, string home, Action<string> say) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    // The first start with machines builds the system they boot.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMinutes(10);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(3) };

    private string RecordFile => Path.Combine(home, "emulator.json");

    private string Output => Path.Combine(home, "emulator.ready");

    private string Log => Path.Combine(home, "emulator.log");

    private string State => Path.Combine(home, "cloud");

    /// <summary>What is known of it, asked of itself.</summary>
    public async Task<EmulatorDocument> LookAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation).ConfigureAwait(false) is { } record
            ? new(true, record.Url, record.Pid, record.Started, home, Log) { Hosts = record.Hosts }
            : new(false, null, null, null, home, Log);

    /// <summary>The running one, or one started now.</summary>
    public async Task<(EmulatorRecord Record, bool Started)> EnsureAsync(EmulatorOptions options, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is { } running)
        {
            return (running, false);
        }

        PrivateFiles.Folder(home);
        using var held = await EmulatorLock.TakeAsync(Path.Combine(home, "lock"), host.Time, cancellation).ConfigureAwait(false);
        return await FindAsync(cancellation).ConfigureAwait(false) is { } other
            ? (other, false)
            : (await StartAsync(options, cancellation).ConfigureAwait(false), true);
    }

    /// <summary>Ends it; false where none was running. Its cloud stays on disk.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is not { } record)
        {
            return false;
        }

        using var held = await EmulatorLock.TakeAsync(Path.Combine(home, "lock"), host.Time, cancellation).ConfigureAwait(false);
        await OrderAsync(record, "stop", cancellation).ConfigureAwait(false);
        while (Processes.IsAlive(record.Pid))
        {
            await Task.Delay(Pause, host.Time, cancellation).ConfigureAwait(false);
        }

        File.Delete(RecordFile);
        return true;
    }

    /// <summary>Empties its cloud.</summary>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        var record = await FindAsync(cancellation).ConfigureAwait(false) ?? throw new LinodeToolkitException(EmulatorProblems.NotRunning());
        await OrderAsync(record, "reset", cancellation).ConfigureAwait(false);
    }

    public void Dispose() => http.Dispose();

    /// <summary>Says a word to its control plane.</summary>
    private async Task OrderAsync(EmulatorRecord record, string word, CancellationToken cancellation)
    {
        using var answer = await http.PostAsync(new Uri(new Uri(record.Url), "/_emulator/" + word), null, cancellation).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new LinodeToolkitException(EmulatorProblems.Unwilling(word, $"it answered {(int)answer.StatusCode}"));
        }
    }

    private async Task<EmulatorRecord?> FindAsync(CancellationToken cancellation) =>
        EmulatorRecord.Read(RecordFile) is { } record && Processes.IsAlive(record.Pid) &&
        await AnswersAsync(record, cancellation).ConfigureAwait(false) ? record : null;

    private async Task<bool> AnswersAsync(EmulatorRecord record, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(record.Url), "/_emulator/status"), cancellation).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (
            failure is HttpRequestException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<EmulatorRecord> StartAsync(EmulatorOptions options, CancellationToken cancellation)
    {
        var program = EmulatorProgram.Find(host);
        PrivateFiles.Append(Log).Dispose();
        var before = (await File.ReadAllLinesAsync(Log, cancellation).ConfigureAwait(false)).Length;
        PrivateFiles.Create(Output).Dispose();
        PrivateFiles.Folder(State);
        var pid = await Detached.StartAsync([.. program, .. options.Arguments(State)], Output, Log, null, cancellation).ConfigureAwait(false);
        try
        {
            var (url, hosts) = await ReadyAsync(pid, before, options.Hosts == "records" ? StartPatience : FirstPatience, cancellation)
                .ConfigureAwait(false);
            var record = new EmulatorRecord(url, pid, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), host.Time.GetUtcNow())
            {
                Hosts = hosts, Accounts = options.Tokens,
            };
            record.Write(RecordFile);
            return record;
        }
        catch
        {
            Processes.Kill(pid); // nobody would know of it
            throw;
        }
    }

    /// <summary>Waits for its one line of JSON, and passes on what it says until then.</summary>
    private async Task<(string Url, string Hosts)> ReadyAsync(int pid, int before, TimeSpan patience, CancellationToken cancellation)
    {
        var told = before;
        for (var until = host.Time.GetUtcNow() + patience; host.Time.GetUtcNow() < until && Processes.IsAlive(pid);)
        {
            foreach (var line in (await File.ReadAllLinesAsync(Log, cancellation).ConfigureAwait(false)).Skip(told))
            {
                say(line);
                told++;
            }

            var text = await File.ReadAllTextAsync(Output, cancellation).ConfigureAwait(false);
            if (text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end)
            {
                using var ready = JsonDocument.Parse(text[..end]);
                return (ready.RootElement.GetProperty("url").GetString()!, ready.RootElement.GetProperty("hosts").GetString()!);
            }

            await Task.Delay(Pause, host.Time, cancellation).ConfigureAwait(false);
        }

        var tail = (await File.ReadAllLinesAsync(Log, cancellation).ConfigureAwait(false)).LastOrDefault(line => line.Length > 0) ?? "";
        throw new LinodeToolkitException(EmulatorProblems.DidNotStart(Log, tail));
    }
}
