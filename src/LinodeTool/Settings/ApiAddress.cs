using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>Where the API is: checked before a token is sent there.</summary>
internal static class ApiAddress
{
    public static Uri Default { get; } = new("https://api.linode.com/");

    /// <summary>Our own variable, that of Linode's Go library, or the parts linode-cli knows.</summary>
    public static string? FromEnvironment(ToolHost host) =>
        host.Variable("LINODETOOL_API_URL") ?? host.Variable("LINODE_URL") ??
        (host.Variable("LINODE_CLI_API_HOST") is { } name ? $"{host.Variable("LINODE_CLI_API_SCHEME") ?? "https"}://{name}" : null);

    /// <summary>The address without the version some people write behind it.</summary>
    public static Uri Parse(string text, string source)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            throw new LinodeToolkitException(SettingsProblems.NotUrl(text, source));
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            throw new LinodeToolkitException(SettingsProblems.NotHttps(text));
        }

        var path = url.AbsolutePath.TrimEnd('/');
        var version = path.LastIndexOf('/') is >= 0 and var slash && path[slash..] is "/v4" or "/v4beta" ? path[..path.LastIndexOf('/')] : path;
        return new UriBuilder(url.Scheme, url.Host, url.Port, version + "/").Uri;
    }
}
