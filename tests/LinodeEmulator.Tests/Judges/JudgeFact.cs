using System.Diagnostics;

namespace LinodeEmulator.Tests.Judges;

/// <summary>A test by a judge from outside; skipped, with a word on how to get the judge, where it is not installed.</summary>
public sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute(string program, string check, string installation)
    {
        if (!Succeeds(program, check))
        {
            Skip = $"the judge is not here; {installation}";
        }
    }

    private static bool Succeeds(string program, string check)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [program.EndsWith("node", StringComparison.Ordinal) ? "-e" : "-c", check])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
