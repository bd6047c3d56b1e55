namespace LinodeClusterToolkit.Api;

/// <summary>Names of the classes of calls that the API limits apart.</summary>
public static class LimitClasses
{
    /// <summary>Creating a node: 20 in 15 s.</summary>
    public const string CreateNode = "create-linode";

    /// <summary>Creating a volume: 100 a minute.</summary>
    public const string CreateVolume = "create-volume";

    /// <summary>Pages of lists: 200 a minute.</summary>
    public const string List = "list";

    /// <summary>Listing images: 20 a minute.</summary>
    public const string ListImages = "list-images";

    /// <summary>Listing StackScripts: 60 a minute.</summary>
    public const string ListStackScripts = "list-stackscripts";

    /// <summary>Everything else: 1600 a minute.</summary>
    public const string Other = "other";
}
