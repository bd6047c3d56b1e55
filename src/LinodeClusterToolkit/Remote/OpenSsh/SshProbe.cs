using System.Net.Sockets;
using System.Text;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Looks whether an SSH server answers at an address: one connection, no login, cheap enough to be done again and again.</summary>
internal static class SshProbe
{
    // Shorter than the system's own: a node that boots behind a closed firewall is met by a new packet soon after it opens.
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GreetsWithin = TimeSpan.FromSeconds(5);

    // A server may say other lines before it names itself, though hardly any does.
    private const int MostGreeting = 4096;

    /// <summary>How far one try comes; null where a server named itself.</summary>
    public static async Task<RemoteStage?> LookAsync(string address, int port, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(ConnectsWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, port, either.Token).ConfigureAwait(false);
            limit.CancelAfter(GreetsWithin);
            return await GreetsAsync(client.GetStream(), either.Token).ConfigureAwait(false) ? null : RemoteStage.NoBanner;
        }
        catch (SocketException failed)
        {
            return failed.SocketErrorCode == SocketError.ConnectionRefused ? RemoteStage.Refused : RemoteStage.NoRoute;
        }
        catch (IOException)
        {
            return RemoteStage.NoBanner;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return client.Connected ? RemoteStage.NoBanner : RemoteStage.NoRoute;
        }
    }

    private static async Task<bool> GreetsAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var (buffer, length) = (new byte[MostGreeting], 0);
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false) is var read and > 0)
        {
            length += read;
            var said = Encoding.ASCII.GetString(buffer, 0, length);
            if (said.StartsWith("SSH-", StringComparison.Ordinal) || said.Contains("\nSSH-", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
