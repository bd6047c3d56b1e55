using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;

namespace LinodeTool.Commands;

/// <summary>What the four lists of the catalogue have in common.</summary>
internal static class CatalogCommand
{
    /// <param name="name">The verb.</param>
    /// <param name="summary">What it lists.</param>
    /// <param name="guide">Help.</param>
    /// <param name="all">The list.</param>
    /// <param name="text">What a query is looked for in.</param>
    /// <param name="one">The catalogue's own, liberal way to find one by name; throws where there is none.</param>
    /// <param name="shape">How it is shown.</param>
    public static Verb Create<T>(
        string name, string summary, Guide guide,
        Func<LinodeCatalog, IEnumerable<T>> all, Func<T, string> text, Func<LinodeCatalog, string, T> one, Func<Shape<T>> shape)
    {
        var query = Words.Perhaps("query", "Words that must stand in the name, or any name commands understand");
        var refresh = Words.Flag("--refresh", "Ask the API, even where the list kept here is fresh");
        return new Verb(name, summary, guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var catalog = await context.Toolkit.GetCatalogAsync(context.Has(refresh), context.Cancellation).ConfigureAwait(false);
            context.Messages.Warn([.. new[] { context.Toolkit.CatalogWarning }.OfType<Problem>()]);
            context.View.List(Fitting([.. all(catalog)], context.Perhaps(query), text, asked => one(catalog, asked)), shape());
            return ExitCode.Done;
        })
        {
            query, refresh,
        };
    }

    /// <summary>Everything that holds all words; else the one thing that is meant by the catalogue's own rules.</summary>
    public static IReadOnlyList<T> Fitting<T>(IReadOnlyList<T> all, string? query, Func<T, string> text, Func<string, T> one)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return all;
        }

        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fitting = all.Where(item => words.All(word => HasWord(text(item), word))).ToList();
        return fitting.Count > 0 ? fitting : [one(query)];
    }

    // At the beginning of a word only: 4gb is not 64GB.
    private static bool HasWord(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
