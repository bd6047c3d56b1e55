using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>What completion scripts call back: prints candidates, one a line. Reads what is kept here, never the network.</summary>
internal static class CompleteCommand
{
    private static readonly Guide Guide = new("Called by completion scripts.", ["__complete -- cluster sh"], ["completion"]);

    public static Verb Create()
    {
        var words = Words.Several("words", "Words typed so far; the last one is to be completed");
        words.CaptureRemainingTokens = true;
        return new Verb("__complete", "Print candidates", Guide, async context =>
        {
            context.IsOffline = true;
            foreach (var candidate in await CandidatesAsync(context, context.Value(words)).ConfigureAwait(false))
            {
                context.Host.Out.WriteLine(candidate);
            }

            return ExitCode.Done;
        })
        {
            words,
        }.AsHidden();
    }

    private static async Task<IEnumerable<string>> CandidatesAsync(ToolContext context, string[] words)
    {
        var place = Completion.Locate(context.Root, words);
        try
        {
            var all = place.Argument is null ? place.Words : await CompletionNames.OfAsync(context, place.Argument, place.Cluster).ConfigureAwait(false);
            return all.Where(word => word.StartsWith(words[^1], StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is LinodeToolkitException or IOException)
        {
            return []; // a shell that completes is no place for errors
        }
    }
}
