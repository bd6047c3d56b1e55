using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;
using LinodeTool.Host;
using Microsoft.Win32.SafeHandles;

namespace LinodeTool.Settings;

/// <summary>Gets the passphrase of encrypted secrets from where people put it; the command line is no such place.</summary>
/// <param name="host">The machine.</param>
/// <param name="ask">Asks in hiding; null where nobody can be asked.</param>
/// <param name="file">Where the secrets are; without it the passphrase is a new one.</param>
internal sealed class PassphraseFinder(ToolHost host, Func<string, string?>? ask, string file)
{
    private const string Descriptor = "LINODETOOL_PASSPHRASE_FD";
    private const int MostCharacters = 4096;

    /// <summary>Variables that hold one.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["LINODETOOL_PASSPHRASE", "LCT_PASSPHRASE"];

    /// <exception cref="LinodeToolkitException">LCT3005: there is none.</exception>
    public Sensitive Find()
    {
        var found = Variables.Select(host.Variable).FirstOrDefault(value => value is not null) ?? FromDescriptor() ?? Asked();
        return string.IsNullOrEmpty(found) ? throw new LinodeToolkitException(SettingsProblems.NoPassphrase([.. Variables, Descriptor])) : new(found);
    }

    private string? FromDescriptor()
    {
        if (host.Variable(Descriptor) is not { } text)
        {
            return null;
        }

        try
        {
            using var handle = new SafeFileHandle(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), ownsHandle: false);
            using var reader = new StreamReader(new FileStream(handle, FileAccess.Read, bufferSize: 0));
            var read = new char[MostCharacters];
            var whole = new string(read, 0, reader.ReadBlock(read));
            return whole.EndsWith("\r\n", StringComparison.Ordinal) ? whole[..^2] : whole.EndsWith('\n') ? whole[..^1] : whole;
        }
        catch (Exception failure) when (
            failure is FormatException or OverflowException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(
                UsageProblems.BadValue(Descriptor, text, "the number of a file descriptor that is open for reading, such as 3"), failure);
        }
    }

    private string? Asked()
    {
        if (ask is null)
        {
            return null;
        }

        if (File.Exists(file))
        {
            return ask("passphrase of the secrets: ");
        }

        var typed = ask("new passphrase for the secrets: ");
        return string.IsNullOrEmpty(typed) || ask("the same again: ") == typed
            ? typed
            : throw new LinodeToolkitException(SettingsProblems.TwoPassphrases());
    }
}
