using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A disk or volume of a storage plan.</summary>
internal sealed record StorageItem(
    PlanPlace Place, Located<string> Label, Located<SizeSpec> Size, bool IsVolume,
    Located<string>? Filesystem, bool Boot, Located<string>? Mount, Located<string>? Device);
