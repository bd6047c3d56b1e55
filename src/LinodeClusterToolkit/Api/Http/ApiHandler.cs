using System.Net;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The platform's own handler, set up for an API that is given a token; proxies come from the environment.</summary>
internal static class ApiHandler
{
    public static SocketsHttpHandler Create(string? authorityFile)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would take the token to another host
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (authorityFile is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = OwnAuthority.Of(authorityFile);
        }

        return handler;
    }
}
