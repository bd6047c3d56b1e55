using System.Collections.Frozen;
using System.Text.Json;
using LinodeEmulator.Wire;

namespace LinodeEmulator.State;

/// <summary>What Linode offers: data from the platform's own answers, of today or of the 2017 beta.</summary>
internal sealed class Catalogue
{
    private Catalogue(string name, string suffix, params IEnumerable<string> images)
    {
        Name = name;
        RegionList = Load("regions" + suffix, V4Json.Default.ListRegionWire);
        TypeList = Load("types" + suffix, V4Json.Default.ListTypeWire);
        KernelList = Load("kernels", V4Json.Default.ListKernelWire);
        ImageList = [.. images.SelectMany(file => Load(file, V4Json.Default.ListImageWire))];
        Regions = RegionList.ToFrozenDictionary(region => region.Id, StringComparer.Ordinal);
        Types = TypeList.ToFrozenDictionary(type => type.Id, StringComparer.Ordinal);
        Images = ImageList.ToFrozenDictionary(image => image.Id, StringComparer.Ordinal);

        // Two kernel ids stand twice in the platform's list, with another label; an id then means its first row.
        Kernels = KernelList.DistinctBy(kernel => kernel.Id).ToFrozenDictionary(kernel => kernel.Id, StringComparer.Ordinal);
        Scripts = Load("stackscripts", V4Json.Default.ListPublicScript);
        Datacenters = new(RegionList, region => region.Id, Load("legacy.regions", V4Json.Default.ListLegacyId));
        Plans = new(TypeList, type => type.Id, Load("legacy.types", V4Json.Default.ListLegacyId));
        Distributions = new(ImageList, image => image.Id, Load("legacy.images", V4Json.Default.ListLegacyId));
        NumberedKernels = new(KernelList, kernel => kernel.Id, Load("legacy.kernels", V4Json.Default.ListLegacyId));
    }

    public string Name { get; }

    public IReadOnlyList<RegionWire> RegionList { get; }

    public IReadOnlyList<TypeWire> TypeList { get; }

    public IReadOnlyList<KernelWire> KernelList { get; }

    public IReadOnlyList<ImageWire> ImageList { get; }

    public FrozenDictionary<string, RegionWire> Regions { get; }

    public FrozenDictionary<string, TypeWire> Types { get; }

    public FrozenDictionary<string, ImageWire> Images { get; }

    public FrozenDictionary<string, KernelWire> Kernels { get; }

    /// <summary>The regions by the numbers of API v3.</summary>
    public Numbering<RegionWire> Datacenters { get; }

    /// <summary>The types by the numbers of API v3.</summary>
    public Numbering<TypeWire> Plans { get; }

    /// <summary>The public images by the numbers of API v3.</summary>
    public Numbering<ImageWire> Distributions { get; }

    /// <summary>The kernels by the numbers of API v3.</summary>
    public Numbering<KernelWire> NumberedKernels { get; }

    /// <summary>The public StackScripts.</summary>
    public IReadOnlyList<PublicScript> Scripts { get; }

    public static Catalogue Of(CatalogueChoice choice) => choice switch
    {
        CatalogueChoice.Today => new Catalogue("today", "", "images"),
        CatalogueChoice.Beta2017 => new Catalogue("2017", ".2017", "images.2017"),
        _ => new Catalogue("both", "", "images", "images.retired"),
    };

    private static List<T> Load<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<List<T>> json)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream($"LinodeEmulator.Data.{name}.json")
            ?? throw new InvalidOperationException($"the program was built without its {name}");
        return JsonSerializer.Deserialize(stream, json)!;
    }
}
