using System.Globalization;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Waits until a node's SSH server answers, and logs in.</summary>
internal sealed class SshLogin(SshTools tools, RemoteHost host, string socket)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(10);
    private RemoteStage stage = RemoteStage.NoRoute;
    private string said = "";

    /// <summary>A connection to the node.</summary>
    /// <param name="within">How long it may take.</param>
    /// <param name="note">Told what is waited for, once for each stage.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RemoteException">It did not get there in time, or something stands in the way that no wait changes.</exception>
    public async Task<SshMaster> RunAsync(TimeSpan within, Action<string>? note, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(within, tools.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await TryUntilAsync(note, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RemoteException(stage, RemoteProblems.NotReached(host, stage, within, said));
        }
    }

    private async Task<SshMaster> TryUntilAsync(Action<string>? note, CancellationToken cancellation)
    {
        var login = await WordsAsync(cancellation).ConfigureAwait(false);
        var direct = await DirectAsync(login, cancellation).ConfigureAwait(false);
        RemoteStage? told = null;
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            if (await TryAsync(login, direct, cancellation).ConfigureAwait(false) is { } master)
            {
                return master;
            }

            if (told != stage)
            {
                note?.Invoke($"waiting for SSH: {RemoteProblems.Words(stage)}");
                told = stage;
            }

            await Task.Delay(pause, tools.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<SshMaster?> TryAsync(IReadOnlyList<string> login, (string Address, int Port)? direct, CancellationToken cancellation)
    {
        if (direct is var (address, port) && await SshProbe.LookAsync(address, port, tools.Time, cancellation).ConfigureAwait(false) is { } missed)
        {
            (stage, said) = (missed, "");
            return null;
        }

        await tools.Logins.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (host.Identity is { } identity)
            {
                await tools.Agent.HoldAsync(identity, SshAgent.LoginLife, cancellation).ConfigureAwait(false);
            }

            if (direct is not null)
            {
                (stage, said) = (RemoteStage.NoBanner, "it speaks SSH, and the login did not end");
            }

            var master = await SshMaster.StartAsync(tools, socket, login, cancellation).ConfigureAwait(false);
            if (master.IsAlive)
            {
                return master;
            }

            await master.EndAsync().ConfigureAwait(false);
            (stage, said) = (SshComplaint.StageOf(master.Said), master.Said);
        }
        finally
        {
            tools.Logins.Release();
        }

        return SshComplaint.MayPass(stage) ? null : throw await RefusalAsync(login, cancellation).ConfigureAwait(false);
    }

    private async Task<RemoteException> RefusalAsync(IReadOnlyList<string> login, CancellationToken cancellation)
    {
        switch (stage)
        {
            case RemoteStage.KeyRefused:
                return new(stage, RemoteProblems.KeyRefused(host, said));
            case RemoteStage.Local:
                return new(stage, RemoteProblems.ClientFailed(host, said));
        }

        var known = new KnownHostsFile(host.KnownHosts).Find(host.Alias).Select(key => key.Fingerprint).ToArray();
        if (SshComplaint.ShownKey(said) is not { } shown)
        {
            // Of a key that is not known at all, ssh tells no more than that, unless it is asked to be wordy: it refuses it just the same.
            var start = tools.Login(SshWords.Listen(login));
            var wordy = await tools.Children.RunAsync(start, null, ShownWithin, cancellation).ConfigureAwait(false);
            shown = SshComplaint.ShownKey(wordy.Error);
        }

        return new(stage, known.Length > 0 ? RemoteProblems.HostKeyChanged(host, known, shown) : RemoteProblems.HostKeyUnknown(host, shown));
    }

    private async Task<IReadOnlyList<string>> WordsAsync(CancellationToken cancellation)
    {
        if (host.Identity is not { } identity)
        {
            return [.. tools.Words.Login(host, null, null)];
        }

        var file = SshWords.PublicKeyOf(socket);
        await File.WriteAllTextAsync(file, $"{identity.Public}\n", cancellation).ConfigureAwait(false);
        return [.. tools.Words.Login(host, tools.Agent.Path, file)];
    }

    /// <summary>Where a packet from here reaches the node's own server; null where it is reached through something else.</summary>
    private async Task<(string Address, int Port)?> DirectAsync(IReadOnlyList<string> login, CancellationToken cancellation)
    {
        if (tools.Settings.Jump is not null)
        {
            return null;
        }

        if (tools.Settings.UserConfig is not { } file || !File.Exists(file))
        {
            return (host.Address, host.Port);
        }

        // The user's configuration may name a jump host, or another address. ssh itself reads it best.
        var asked = await tools.Children.RunAsync(tools.Login(SshWords.Ask(login)), null, ShownWithin, cancellation).ConfigureAwait(false);
        if (asked.ExitCode != 0)
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.ClientFailed(host, asked.Error));
        }

        var values = asked.Output.Split('\n').Select(line => line.Split(' ', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First()[1], StringComparer.Ordinal);
        return IsSet("proxyjump") || IsSet("proxycommand")
            ? null
            : (values.GetValueOrDefault("hostname", host.Address), int.Parse(values["port"], CultureInfo.InvariantCulture));

        bool IsSet(string option) => values.TryGetValue(option, out var value) && value != "none";
    }
}
