namespace LinodeClusterToolkit.Api.V4;

/// <summary>The Linode cloud through API v4, for programs without a container.</summary>
public static class LinodeV4
{
    /// <summary>Makes the cloud; nothing is sent yet. It is <see cref="IDisposable"/> too.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">The address is not safe, or the certificate authority's file cannot be read.</exception>
    public static ILinodeCloud Create(V4Options options) => new V4Cloud(new LinodeV4Client(options), options.Events);
}
