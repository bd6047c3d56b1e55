using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog;

/// <summary>An offer kept in a file between runs. Nothing depends on the file: what is wrong with it is a warning, never a failure.</summary>
/// <param name="path">The file; its folder is made when needed.</param>
/// <param name="time">Tells the age of what is in it.</param>
internal sealed class CatalogCache(string path, TimeProvider time)
{
    /// <summary>What is cached, if it is no older than <paramref name="maxAge"/>.</summary>
    /// <remarks>Nothing in the file, or only an old or a future offer, is no warning; a file that cannot be read is.</remarks>
    public CachedOffer TryRead(TimeSpan maxAge)
    {
        try
        {
            using var file = File.OpenRead(path);
            var offer = OfferJson.Read(file);
            var age = time.GetUtcNow() - offer.AsOf;
            return new CachedOffer(age >= TimeSpan.Zero && age <= maxAge ? offer : null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new CachedOffer(null);
        }
        catch (Exception damage) when (damage is JsonException or IOException or UnauthorizedAccessException)
        {
            return new CachedOffer(null, CatalogProblems.CacheUnreadable(path, damage.Message));
        }
    }

    /// <summary>Keeps an offer: whole or not at all, also where two runs write at once. Returns a warning where it could not.</summary>
    public Problem? Write(LinodeOffer offer)
    {
        var full = Path.GetFullPath(path);
        var unfinished = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var file = File.Create(unfinished))
            {
                OfferJson.Write(file, offer);
            }

            File.Move(unfinished, full, overwrite: true);
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            Forget(unfinished);
            return CatalogProblems.CacheUnwritable(path, refusal.Message);
        }
    }

    private static void Forget(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            // What refused the file refuses its removal too; the first refusal is the one reported.
        }
    }
}

/// <summary>What a cache held.</summary>
/// <param name="Offer">The offer; null where there is none that is fresh enough.</param>
/// <param name="Warning">Why the file could not be read.</param>
internal sealed record CachedOffer(LinodeOffer? Offer, Problem? Warning = null);
