using System.ComponentModel;
using System.Diagnostics;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Judges;

/// <summary>A test by a judge from outside; skipped, with a word on how to get the judge, where it is not installed.</summary>
public sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute(string program, string flag, string check, string installation)
    {
        if (!Succeeds(program, flag, check))
        {
            Skip = $"the judge is not here; {installation}";
        }
    }

    private static bool Succeeds(string program, string flag, string check)
    {
        try
        {
            var start = new ProcessStartInfo(program, [flag, check]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
