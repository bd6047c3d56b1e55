using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EndToEnd.Tests.Machines;

/// <summary>Sockets in network namespaces. A socket stays where it was made, so a thread is inside for nothing but that: whatever thread it started
/// there, as one of the pool, would stay inside for good and take the programs that later tests start with it.</summary>
internal static class Space
{
    private const int Network = 0x40000000; // CLONE_NEWNET
    private static readonly SafeFileHandle Home = File.OpenHandle("/proc/self/ns/net"); // that of the main thread, which never leaves it

    /// <summary>A TCP socket in a namespace, or in this machine's own where there is no name.</summary>
    public static Socket Open(string? name, AddressFamily family)
    {
        if (name is null)
        {
            return new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        }

        using var space = File.OpenHandle($"/run/netns/{name}");
        Enter(space);
        try
        {
            return new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        }
        finally
        {
            Enter(Home);
        }
    }

    /// <summary>Something that answers whoever gets through to it.</summary>
    public static Socket Listen(string name, string address, int port)
    {
        var point = new IPEndPoint(IPAddress.Parse(address), port);
        var socket = Open(name, point.AddressFamily);
        socket.Bind(point);
        socket.Listen();
        return socket;
    }

    /// <summary>How a call from there ends: "in", "refused", or "silence".</summary>
    public static async Task<string> CallAsync(string name, string address, int port)
    {
        var point = new IPEndPoint(IPAddress.Parse(address), port);
        using var socket = Open(name, point.AddressFamily);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await socket.ConnectAsync(point, patience.Token);
            return "in";
        }
        catch (OperationCanceledException)
        {
            return "silence";
        }
        catch (SocketException)
        {
            return "refused";
        }
    }

    /// <summary>Whether somebody has got through to it.</summary>
    public static bool WasCalled(this Socket listener) => listener.Poll(0, SelectMode.SelectRead);

    private static void Enter(SafeFileHandle space)
    {
        if (SetNamespace(space, Network) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeFileHandle file, int kind);
}
