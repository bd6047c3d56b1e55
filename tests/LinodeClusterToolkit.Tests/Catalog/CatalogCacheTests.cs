using System.Text;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Catalog;

public sealed class CatalogCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("catalog-cache-").FullName;
    private readonly StoppedClock clock = new(Offers.Of2017.AsOf);

    private string File => Path.Combine(folder, "below", "catalog.json");

    [Fact]
    public void Gives_back_what_was_written()
    {
        var cache = new CatalogCache(File, clock);

        Assert.Null(cache.Write(Offers.Of2017));
        var (offer, warning) = cache.TryRead(TimeSpan.FromHours(1));

        Assert.Null(warning);
        Assert.Equal(Json(Offers.Of2017), Json(offer!));
        Assert.Equal("us-east-1a", new LinodeCatalog(offer!).FindRegion("newark").OrThrow().Id);
        Assert.True(offer!.Regions[0].Has("Linodes"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Gives_an_offer_only_while_it_is_fresh(int hoursLater, bool fresh)
    {
        new CatalogCache(File, clock).Write(Offers.Of2017);
        var later = new StoppedClock(Offers.Of2017.AsOf.AddHours(hoursLater));

        var (offer, warning) = new CatalogCache(File, later).TryRead(TimeSpan.FromHours(24));

        Assert.Equal(fresh, offer is not null);
        Assert.Null(warning);
    }

    [Fact]
    public void Has_nothing_to_say_where_nothing_was_cached() =>
        Assert.Equal(new CachedOffer(null), new CatalogCache(File, clock).TryRead(TimeSpan.MaxValue));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    [InlineData("""{"format":2,"offer":null}""")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"offer":{"regions":[],"types":[],"images":[],"kernels":null,"as_of":"2017-08-01T00:00:00Z"}}""")]
    [InlineData("""{"format":1,"offer":{"regions":[{"id":"x"}],"types":[],"images":[],"kernels":[],"as_of":"2017-08-01T00:00:00Z"}}""")]
    public void Ignores_a_damaged_file_with_a_warning(string damaged)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, damaged);

        var (offer, warning) = new CatalogCache(File, clock).TryRead(TimeSpan.MaxValue);

        Assert.Null(offer);
        Assert.Equal(("LCT7401", Severity.Warning, File), (warning!.Code, warning.Severity, warning.Where));
    }

    [Fact]
    public void Survives_a_file_cut_off_anywhere()
    {
        var whole = Encoding.UTF8.GetBytes(Json(Offers.Of2017));
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);

        for (var length = 0; length < whole.Length; length += 97)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.NotNull(new CatalogCache(File, clock).TryRead(TimeSpan.MaxValue).Warning);
        }
    }

    [Fact]
    public void Replaces_a_damaged_file_and_leaves_no_other_behind()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "damaged");

        Assert.Null(new CatalogCache(File, clock).Write(Offers.Of2017));

        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
        Assert.NotNull(new CatalogCache(File, clock).TryRead(TimeSpan.Zero).Offer);
    }

    [Fact]
    public void Warns_where_it_cannot_write_and_leaves_nothing_behind()
    {
        Directory.CreateDirectory(File); // a folder stands where the file should be

        var warning = new CatalogCache(File, clock).Write(Offers.Of2017);

        Assert.Equal(("LCT7402", Severity.Warning), (warning!.Code, warning.Severity));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void Warns_where_the_folder_is_a_file()
    {
        System.IO.File.WriteAllText(Path.Combine(folder, "below"), "");

        Assert.Equal("LCT7402", new CatalogCache(File, clock).Write(Offers.Of2017)!.Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Json(LinodeOffer offer)
    {
        using var text = new MemoryStream();
        OfferJson.Write(text, offer);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
