using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Problems of what version 3 cannot say or do.</summary>
internal static class V3Problems
{
    public static Problem NotOffered(string noun, string name) => new(
        "LCT5045", $"version 3 of the API offers no {noun} {name}",
        Fix: [$"choose another {noun}: linodetool list shows what there is", "or use version 4 of the API"]);

    public static Problem Vanished(string label) => new(
        "LCT5046", $"{label} was made and is gone",
        Fix: ["somebody else works on this account: look at what stands, and try again"]) { Retryable = true };

    public static Problem NoBackups() => new(
        "LCT5048", "version 3 of the API has no calls for backups", Fix: ["use version 4 of the API", "or the web console"]);

    public static Problem NoImageUploads() => new(
        "LCT5061", "version 3 of the API makes images of disks, not of files", Fix: ["use version 4 of the API"]);

    public static Problem NoImageRegions() => new(
        "LCT5062", "version 3 of the API has an image in no other region than its own", Fix: ["use version 4 of the API"]);

    public static Problem NoFirewalls() => new(
        "LCT5047", "version 3 of the API has no Cloud Firewalls", Fix: ["use version 4 of the API", "the firewall on each node stands without one"]);
}
