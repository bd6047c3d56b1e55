using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>Why something cannot be taken up.</summary>
internal static class ImportProblems
{
    public static Problem NotAState(string name, string why) => new(
        "LCT7181", $"{name} is no state of Terraform that can be read", Where: name, Why: why,
        Fix: ["have it written by Terraform or OpenTofu itself: terraform state pull > state.json"]);

    public static Problem OtherVersion(string name, string version) => new(
        "LCT7182", $"{name} is a state of version {version}; version 4 is read", Where: name,
        Fix: ["bring it to version 4 with a Terraform of 0.12 or later: terraform refresh, then: terraform state pull > state.json"]);

    public static Problem OneSource() => new(
        "LCT1081", "an import is of a tag or of a state of Terraform: say one of them", Fix: ["keep the one you mean"]);

    public static Problem NoTagsThere(string source) => new(
        "LCT1082", $"{source} cannot be taken up through version 3 of the API",
        Why: "it has no tags: an owner mark would have to stand in the labels of volumes and balancers, and Terraform would take that for a change",
        Fix: ["take version 4 of the API for it"]);

    public static Problem NoNode(string source) => new(
        "LCT4061", $"{source} names no node that this account has", Where: source,
        Fix: ["see whether the token is of the account that it was made in", "or refresh the state first"]);

    public static Problem OthersOwn(string source, IReadOnlyList<ImportItem> refused) => new(
        "LCT4062", $"of {source}, {(refused.Count == 1 ? "one thing is" : $"{refused.Count} things are")} somebody else's; nothing was taken up",
        Where: string.Join(", ", refused.Take(5).Select(item => item.Label)),
        Why: string.Join("; ", refused.Select(item => item.Why).Distinct(StringComparer.Ordinal).Take(3)),
        Fix:
        [
            "leave these out of it: take them from the state, or the tag from them",
            "or take the owner tag from them, where its cluster is no more",
        ]);

    public static Problem Changed(string source) => new(
        "LCT4063", $"what {source} is in the account is not any more what was shown", Where: source,
        Why: "somebody has changed it since; what was not shown is not taken up", Fix: ["look again, and agree to what is there now"])
    {
        Retryable = true,
    };

    public static Problem OtherSource(string cluster, string source) => new(
        "LCT4064", $"cluster \"{cluster}\" is being taken up from {source}, and that is not finished", Where: cluster,
        Fix: [$"import it from {source} again, which goes on with it", "or take another name"]);

    public static Problem GoOnByImport(string cluster, string source) => new(
        "LCT4065", $"cluster \"{cluster}\" was being taken up from {source}, which is not a run to go on with", Where: cluster,
        Fix: [$"import it from {source} again: it goes on where it stopped"]);
}
