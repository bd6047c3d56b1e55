using System.CommandLine;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Host;
using LinodeTool.Output;

namespace LinodeTool;

/// <summary>One call of the tool, from the words of the command line to the exit code.</summary>
internal static class App
{
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, ToolHost host)
    {
        try
        {
            var code = await GuardAsync(args, host).ConfigureAwait(false);
            host.Out.Flush(); // what was written before a failure too
            return code;
        }
        catch (IOException failure)
        {
            // The reader of our output has gone, as it had enough; of anything else nobody can be told any more.
            return IsOfReader(failure) ? ExitCode.Done : ExitCode.Machine;
        }
    }

    private static async Task<ExitCode> GuardAsync(IReadOnlyList<string> args, ToolHost host)
    {
        // What went wrong may be the very line that says how to report it, so the raw words are looked at.
        var json = PeekJson(args, host);
        try
        {
            var code = await DispatchAsync(args, host).ConfigureAwait(false);
            host.Out.Flush();
            return code;
        }
        catch (LinodeToolkitException failure) when (!host.Interrupt.Happened || failure.InnerException is not OperationCanceledException)
        {
            Plain(host, json).Fail(failure.Problems);
            Trace(args, host, failure);
            return ExitCodes.For(failure.Problem);
        }
        catch (Exception failure) when (failure is OperationCanceledException or LinodeToolkitException && host.Interrupt.Happened)
        {
            Plain(host, json).Note("interrupted");
            return host.Interrupt.Code;
        }
        catch (IOException failure) when (!IsOfReader(failure))
        {
            Plain(host, json).Fail([AppProblems.System(failure)]);
            Trace(args, host, failure);
            return ExitCode.Machine;
        }
        catch (Exception failure) when (failure is not IOException)
        {
            Plain(host, json).Fail([AppProblems.Bug(failure)]);
            Trace(args, host, failure);
            return ExitCode.Bug;
        }
    }

    private static async Task<ExitCode> DispatchAsync(IReadOnlyList<string> args, ToolHost host)
    {
        if (Quotes.FirstProblem(args) is { } pasted)
        {
            throw new LinodeToolkitException(pasted);
        }

        var root = CommandTree.Build();
        var parsed = Parsing.Parse(root, args);
        if (Parsing.IsGiven(parsed, root.Globals.Help) || args.Count == 0)
        {
            host.Out.Write(HelpText.For(parsed.CommandResult.Command, Parsing.PathOf(parsed), root));
            return ExitCode.Done;
        }

        if (Parsing.IsGiven(parsed, root.Globals.Version))
        {
            host.Out.WriteLine($"linodetool {Progress.EventDocument.ToolVersion}");
            return ExitCode.Done;
        }

        if (parsed.CommandResult.Command is not Verb verb || parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            throw new LinodeToolkitException([.. Parsing.ProblemsIn(parsed, root)]);
        }

        await using var context = new ToolContext(host, root, parsed, args);
        return await verb.RunAsync(context).ConfigureAwait(false);
    }

    // By its number: EPIPE, and on Windows "the pipe has been ended" and "is being closed". A full disk is an IOException too.
    private static bool IsOfReader(IOException failure) =>
        OperatingSystem.IsWindows() ? (failure.HResult & 0xFFFF) is 109 or 232 : failure.HResult == 32;

    private static Messages Plain(ToolHost host, bool json) => new(host.Error, Ink.For(host, "auto", host.ErrorIsTerminal), quiet: false, json);

    private static void Trace(IReadOnlyList<string> args, ToolHost host, Exception failure)
    {
        if (args.Contains("--debug"))
        {
            host.Error.WriteLine(failure);
        }
    }

    private static bool PeekJson(IReadOnlyList<string> args, ToolHost host)
    {
        for (var i = 0; i < args.Count && args[i] != Rest.Mark; i++)
        {
            if (args[i] is "-o" or "--output" && i + 1 < args.Count)
            {
                return args[i + 1] == "json";
            }

            if (args[i] is "-ojson" or "--output=json" or "-o=json" or "--output:json")
            {
                return true;
            }
        }

        return host.Variable("LINODETOOL_OUTPUT") == "json";
    }
}
