using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Where the API is: checked, with its version, with a slash at the end.</summary>
internal static class ApiAddress
{
    public static Uri Of(Uri url, string version)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new LinodeToolkitException(ApiProblems.InsecureAddress(url));
        }

        // People copy addresses with and without the version.
        var path = url.AbsolutePath.TrimEnd('/');
        var versioned = path.EndsWith($"/{version}", StringComparison.Ordinal) || path.EndsWith($"/{version}beta", StringComparison.Ordinal);
        return new(url.GetLeftPart(UriPartial.Authority) + (versioned ? $"{path}/" : $"{path}/{version}/"));
    }
}
