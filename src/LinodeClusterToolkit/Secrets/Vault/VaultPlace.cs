using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Where calls go: checked before anything is sent.</summary>
internal sealed partial class VaultPlace
{
    private readonly IReadOnlyList<string> hosts;

    /// <exception cref="LinodeToolkitException">The address is not safe, or a part of a path cannot be one.</exception>
    public VaultPlace(VaultOptions options)
    {
        var url = options.Address;
        if (!IsSafe(url))
        {
            throw new LinodeToolkitException(VaultProblems.InsecureAddress(url));
        }

        // People copy addresses with and without the version.
        var path = url.AbsolutePath.TrimEnd('/');
        Address = new(url.GetLeftPart(UriPartial.Authority) + (path.EndsWith("/v1", StringComparison.Ordinal) ? path[..^3] : path) + "/v1/");
        Mount = Checked("mount", options.Mount, mayBeEmpty: false);
        Prefix = Checked("prefix", options.Prefix, mayBeEmpty: true);
        Namespace = options.Namespace is { } inside && Checked("namespace", inside, mayBeEmpty: true) is { Length: > 0 } own ? own : null;
        hosts = options.Hosts;
    }

    /// <summary>Ends with <c>/v1/</c>.</summary>
    public Uri Address { get; }

    public string Mount { get; }

    public string Prefix { get; }

    public string? Namespace { get; }

    public string Host => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Path of a secret in a part of the engine, such as <c>data</c>; of all of them where the name is empty.</summary>
    public string PathOf(string part, string name) => string.Join('/', new[] { Mount, part, Prefix, name }.Where(text => text.Length > 0));

    /// <summary>Where a standby sends a call on to; null where the token must not go there.</summary>
    /// <remarks>It has to be the same call, under the same scheme, at this address or a host that was named as one of the same Vault.</remarks>
    public Uri? Onward(Uri asked, Uri? told)
    {
        var next = told is null ? null : new Uri(asked, told);
        return next is not null && next.Scheme == Address.Scheme && next.UserInfo.Length == 0 && IsSafe(next) && IsOurs(next)
            && next.PathAndQuery == asked.PathAndQuery
            ? next
            : null;
    }

    private static bool IsSafe(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private bool IsOurs(Uri url) => url.Authority == Address.Authority
        || hosts.Contains(url.Authority, StringComparer.OrdinalIgnoreCase) || hosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase);

    // A path that climbs would leave what a policy was written for.
    private static string Checked(string what, string text, bool mayBeEmpty)
    {
        var bare = text.Trim('/');
        var fits = bare.Length == 0 ? mayBeEmpty : PathPattern().IsMatch(bare) && bare.Split('/').All(part => part is not ("" or "." or ".."));
        return fits ? bare : throw new LinodeToolkitException(VaultProblems.BadPath(what, text));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._/-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
