using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Where the API is: checked, with its version, with a slash at the end.</summary>
internal static class ApiAddress
{
    private const string Linode = ".linode.com";

    /// <summary>Where the login server of an API is: Linode's own, or the same address, so that nothing for one is ever sent to the other.</summary>
    public static Uri LoginFor(Uri api) => Checked(api).Host.EndsWith(Linode, StringComparison.OrdinalIgnoreCase)
        ? new("https://login.linode.com/")
        : new(api.GetLeftPart(UriPartial.Authority) + "/");

    /// <summary>Of an API whose address tells no version.</summary>
    public static Uri Of(Uri url) => new($"{Checked(url).GetLeftPart(UriPartial.Authority)}{url.AbsolutePath.TrimEnd('/')}/");

    public static Uri Of(Uri url, string version)
    {
        // People copy addresses with and without the version.
        var path = Checked(url).AbsolutePath.TrimEnd('/');
        var versioned = path.EndsWith($"/{version}", StringComparison.Ordinal) || path.EndsWith($"/{version}beta", StringComparison.Ordinal);
        return new(url.GetLeftPart(UriPartial.Authority) + (versioned ? $"{path}/" : $"{path}/{version}/"));
    }

    private static Uri Checked(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new LinodeToolkitException(ApiProblems.InsecureAddress(url));
        }

        return url;
    }
}
