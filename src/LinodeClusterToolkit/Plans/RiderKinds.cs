namespace LinodeClusterToolkit.Plans;

/// <summary>Technologies that the platform itself runs, once: their actions ride in the call that creates a node.</summary>
internal static class RiderKinds
{
    public const string StackScript = "stackscript";
    public const string CloudInit = "cloudinit";
}
