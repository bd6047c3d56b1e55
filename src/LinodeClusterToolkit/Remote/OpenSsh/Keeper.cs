using System.ComponentModel;
using System.Diagnostics;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>A small process beside ours that ends our children and deletes their folder when we are gone, however that came about.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    // It reads ids of children that came (+) and went (-); the end of its input is our end. An id may have become somebody else's meanwhile: only
    // a program that names the folder is ended.
    private const string Script = """
        trap '' INT HUP TERM
        kept=' '
        while read -r sign id; do
            case $sign in
                +) kept="$kept$id " ;;
                -) case $kept in *" $id "*) kept="${kept%% $id *} ${kept#* $id }" ;; esac ;;
            esac
        done
        for id in $kept; do
            said=$(tr '\0' ' ' <"/proc/$id/cmdline" 2>/dev/null || ps -o args= -p "$id" 2>/dev/null)
            case $said in *"$1"*) kill "$id" 2>/dev/null ;; esac
        done
        rm -rf -- "$1"
        """;

    private readonly Lock gate = new();
    private readonly Process? process;

    /// <summary>Starts it; where there is no shell, nothing is kept.</summary>
    /// <param name="folder">The folder that goes with us.</param>
    public Keeper(string folder)
    {
        try
        {
            process = Process.Start(LocalProgram.Of("/bin/sh", ["-c", Script, "sh", folder]));
        }
        catch (Win32Exception)
        {
            // The children then end with us only where we end in good order.
        }
    }

    /// <summary>Has a child ended with us.</summary>
    public void Add(int id) => Tell('+', id);

    /// <summary>Forgets a child that has ended.</summary>
    public void Remove(int id) => Tell('-', id);

    /// <summary>Does what it does when we are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        lock (gate)
        {
            process.StandardInput.Close();
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private void Tell(char sign, int id)
    {
        lock (gate)
        {
            try
            {
                process?.StandardInput.Write($"{sign} {id}\n");
                process?.StandardInput.Flush();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Somebody ended it: then there is nobody to tell.
            }
        }
    }
}
