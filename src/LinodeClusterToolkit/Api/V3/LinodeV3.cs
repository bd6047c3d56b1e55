namespace LinodeClusterToolkit.Api.V3;

/// <summary>The cloud through version 3 of the API.</summary>
public static class LinodeV3
{
    /// <summary>Makes it; nothing is sent yet. Dispose of it when it is an <see cref="IDisposable"/>.</summary>
    public static ILinodeCloud Create(V3Options options) => new V3Cloud(new LinodeV3Client(options));
}
