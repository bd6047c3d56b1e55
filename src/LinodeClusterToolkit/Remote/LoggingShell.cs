using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote;

/// <summary>Writes down what another shell runs on each node and what came of it; what commands read is never written.</summary>
/// <param name="inner">The shell that does the work; it is disposed of with this one.</param>
/// <param name="log">Where it is written.</param>
/// <param name="redactor">Masks secrets in all of it; null masks nothing.</param>
/// <param name="time">The clock.</param>
public sealed class LoggingShell(IRemoteShell inner, NodeLog log, Redactor? redactor, TimeProvider time) : IRemoteShell
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public bool IsReal => inner.IsReal;

    /// <inheritdoc/>
    public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) =>
        WriteAsync(host, $"connect {host.User}@{host.Address}:{host.Port}", () => inner.ConnectAsync(host, within, note, cancellation));

    /// <inheritdoc/>
    public async Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        RemoteResult? result = null;
        var what = command.Title is { } title ? $"{title}: {command}" : $"{command}";
        await WriteAsync(
            host, $"run {what}", async () => result = await inner.RunAsync(host, command, cancellation).ConfigureAwait(false), () => Of(result!))
            .ConfigureAwait(false);
        return result!;
    }

    /// <inheritdoc/>
    public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) =>
        WriteAsync(host, $"copy {local} to {remote}", () => inner.UploadAsync(host, local, remote, cancellation));

    /// <inheritdoc/>
    public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) =>
        WriteAsync(host, $"copy {remote} from it to {local}", () => inner.DownloadAsync(host, remote, local, cancellation));

    /// <inheritdoc/>
    public Task CloseAsync(RemoteHost host) => inner.CloseAsync(host);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SessionAsync(
        RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation)
    {
        IReadOnlyList<string> words = [];
        await WriteAsync(
            host, "open a session", async () => words = await inner.SessionAsync(host, command, terminal, cancellation).ConfigureAwait(false))
            .ConfigureAwait(false);
        return words;
    }

    /// <inheritdoc/>
    public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) => inner.WayAsync(host, lasting, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static string Of(RemoteResult result) => string.Concat(
        Lines("  | ", result.Output), Lines("  ! ", result.Error),
        result.IsRecorded ? "  = recorded, nothing ran" : $"  = exit code {result.ExitCode}");

    private static string Lines(string lead, string text) => text.Length == 0
        ? ""
        : string.Concat((text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(line => $"{lead}{line.TrimEnd('\r')}\n"));

    /// <summary>What is said of a command that took too long, say, holds what it had printed until then.</summary>
    private Problem Masked(Problem problem) => redactor is null ? problem : problem with
    {
        What = redactor.Redact(problem.What), Why = problem.Why is { } why ? redactor.Redact(why) : null,
    };

    private async Task WriteAsync(RemoteHost host, string what, Func<Task> work, Func<string>? outcome = null)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        var came = "  = given up";
        try
        {
            await work().ConfigureAwait(false);
            came = outcome?.Invoke() ?? "  = done";
        }
        catch (LinodeToolkitException failed)
        {
            came = $"  = {failed.Problem.Code}: {failed.Problem.What}{(failed.Problem.Why is { } why ? $" ({why})" : "")}";
            if (failed is RemoteException remote && Masked(remote.Problem) is { } masked && masked != remote.Problem)
            {
                // Without the one it stands for, whose text would come with it.
                throw new RemoteException(remote.Stage, masked);
            }

            throw;
        }
        finally
        {
            var entry = new StringBuilder()
                .Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ss.fffZ} {what.ReplaceLineEndings("\\n")}\n")
                .Append(CultureInfo.InvariantCulture, $"{came}, {time.GetElapsedTime(began).TotalSeconds:0.000} s\n").ToString();
            log.Append(host.Name, RemoteText.Printable(redactor?.Redact(entry) ?? entry));
        }
    }
}
