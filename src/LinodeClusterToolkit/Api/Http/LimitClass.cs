namespace LinodeClusterToolkit.Api.Http;

/// <summary>Which of an account's rate limits a call counts against.</summary>
public enum LimitClass
{
    /// <summary>Everything without a limit of its own: 1,600 a minute.</summary>
    Other,

    /// <summary>Creating or cloning a Linode: 20 in 15 seconds.</summary>
    CreateLinode,

    /// <summary>A page of a collection: 200 a minute.</summary>
    List,

    /// <summary>Creating a volume: 100 a minute.</summary>
    CreateVolume,

    /// <summary>A page of images: 20 a minute.</summary>
    ListImages,

    /// <summary>A page of StackScripts: 60 a minute.</summary>
    ListStackScripts,

    /// <summary>Any request of API v3, a batch counted as one: 10 a second, by our own choice, since no limit of it was ever published.</summary>
    V3,
}
