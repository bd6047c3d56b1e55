using System.Net;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Images of files, against the emulator: by its own clock, since what is asked for there is done at once.</summary>
public sealed class ImageUploadTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private Emulator emulator = null!;
    private Watching watching = null!;
    private LinodeToolkit toolkit = null!;

    public async Task InitializeAsync()
    {
        emulator = await Emulator.StartAsync(new EmulatorOptions { Hosts = "records", Latency = LatencyProfile.None, Limits = LinodeEmulator.Limits.RateLimits.None });
        watching = new Watching(emulator.CreateHandler());
        toolkit = new LinodeToolkit(new LinodeToolkitOptions
        {
            DataFolder = folder["data"], CacheFolder = folder["cache"], Token = () => new Sensitive("a-token-of-the-test"), ApiUrl = emulator.Url,
            Handler = watching, Time = new Tasks.SkippingTime(),
        });
    }

    public async Task DisposeAsync()
    {
        await toolkit.DisposeAsync();
        await emulator.DisposeAsync();
        watching.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_raw_image_is_packed_and_sent_without_the_token_and_is_one_image_however_often()
    {
        var request = Request(new byte[3 << 20]);
        var stages = new List<string>();
        var made = await toolkit.UploadImageAsync(request, new Told(stages));
        var again = await toolkit.UploadImageAsync(request);

        Assert.Equal(("available", 3, true), (made.Image.Status, made.Image.SizeMb, made.IsOurs));
        Assert.Equal(made.Image.Id, again.Image.Id);
        Assert.Equal(made.Image.Id, Assert.Single(await toolkit.ListImagesAsync()).Image.Id);
        Assert.Equal(["checking", "packing", "sending"], stages.Distinct());
        var (sent, authorization) = Assert.Single(watching.Puts);
        Assert.Null(authorization);
        Assert.True(sent is > 0 and < 100_000, $"{sent} bytes");
        Assert.Empty(Directory.GetFiles(folder["cache"], "*.gz", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Another_file_does_not_take_the_label_of_an_image()
    {
        await toolkit.UploadImageAsync(Request(new byte[1 << 20]));
        var taken = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.UploadImageAsync(Request(new byte[2 << 20])));
        Assert.Equal("LCT4062", taken.Problem.Code);
    }

    [Fact]
    public async Task A_cut_line_is_tried_again_and_what_cannot_be_sent_leaves_nothing_behind()
    {
        watching.Cuts = 2;
        Assert.Equal("available", (await toolkit.UploadImageAsync(Request(new byte[1 << 20]))).Image.Status);
        Assert.Equal(3, watching.Puts.Count);

        watching.Cuts = 100;
        var failed = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.UploadImageAsync(Request(new byte[1 << 20], "second")));
        Assert.Equal("LCT5064", failed.Problem.Code);
        Assert.Equal("golden", Assert.Single(await toolkit.ListImagesAsync()).Image.Label);
    }

    [Fact]
    public async Task A_region_that_stores_no_images_is_refused_before_the_file_is_read()
    {
        var offer = (await toolkit.GetCatalogAsync()).Offer;
        var without = offer.Regions.First(region => !region.Has("Object Storage"));
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.CheckImageFileAsync(new(folder["none.img"], "golden", without.Id)));
        Assert.Equal("LCT4067", refused.Problem.Code);
    }

    private ImageFileRequest Request(byte[] raw, string label = "golden")
    {
        var path = folder[$"{label}-{raw.Length}.img"];
        File.WriteAllBytes(path, raw);
        return new(path, label, "newark");
    }

    private sealed class Told(List<string> stages) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => stages.Add(value.Stage);
    }

    /// <summary>Notes what is sent to where files go, and cuts the line there as often as it is told.</summary>
    private sealed class Watching(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Cuts { get; set; }

        public List<(long? Bytes, string? Authorization)> Puts { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.StartsWith("/_images/", StringComparison.Ordinal))
            {
                Puts.Add((request.Content!.Headers.ContentLength, request.Headers.Authorization?.ToString()));
                if (Cuts-- > 0)
                {
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "cut", null, (HttpStatusCode?)null);
                }
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
