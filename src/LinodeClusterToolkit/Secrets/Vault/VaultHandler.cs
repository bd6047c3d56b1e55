using System.Net;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Makes the client that talks to a Vault.</summary>
internal static class VaultHandler
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    public static HttpClient Client(VaultOptions options) => new(options.Handler ?? Create(options), disposeHandler: options.Handler is null)
    {
        Timeout = Timeout.InfiniteTimeSpan, // the pipeline has its own, of one try
        MaxResponseContentBufferSize = LongestAnswer,
    };

    private static SocketsHttpHandler Create(VaultOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would take the token to another host
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            UseProxy = options.Address.Scheme == Uri.UriSchemeHttps, // what is not encrypted must not leave this machine
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.CaFile is { } file)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = OwnAuthority.Of(file);
        }

        return handler;
    }
}
