using System.Net;
using System.Text;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>A form as a log may show it: as <see cref="BodyMask"/> does, a value that is JSON looked into.</summary>
internal static class FormMask
{
    // api_key=abc&api_action=batch&api_requestArray=%5B%7B%22api_action%22%3A%22linode.create%22%7D%5D
    public static string Apply(ReadOnlyMemory<byte> form) =>
        BodyMask.Shorten(string.Join('&', Encoding.UTF8.GetString(form.Span).Split('&').Select(Pair)));

    private static string Pair(string pair)
    {
        var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (pair[..at], pair[(at + 1)..]) : (pair, "");
        return value.Length == 0 ? pair : $"{name}={Shown(WebUtility.UrlDecode(name), value)}";
    }

    private static string Shown(string name, string value) =>
        BodyMask.IsSecret(name) ? "***"
        : WebUtility.UrlDecode(value) is ['[' or '{', ..] json ? BodyMask.Apply(Encoding.UTF8.GetBytes(json))
        : value;
}
