using System.Globalization;
using System.Net;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Which broker, and as whom.</summary>
/// <param name="Host">Name or address of its machine.</param>
/// <param name="Port">Its port.</param>
/// <param name="VirtualHost">The part of it that has our queues, so that it may have others' beside.</param>
/// <param name="User">Who we are there.</param>
/// <param name="Password">The password, where it stood in the address.</param>
/// <param name="Tls">Whether the connection is encrypted, and the server's certificate checked.</param>
/// <param name="Authority">File with the certificates that may sign the server's; null for those this machine trusts.</param>
internal sealed record RabbitMqAddress(
    string Host, int Port, string VirtualHost, string User, Sensitive? Password, bool Tls, string? Authority)
{
    /// <summary>User that every new server has, with a password of the same name, for its own machine only.</summary>
    public const string UsualUser = "guest";

    /// <summary>Names it without user and password.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"RabbitMQ {(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}{(VirtualHost == "/" ? "" : $"/{VirtualHost}")}");

    /// <summary>Reads <c>amqp://user@host:port/vhost?tls=off</c> or <c>amqps://user@host:port/vhost?cacertfile=…</c>.</summary>
    /// <exception cref="LinodeToolkitException">LCT7151: it is none.</exception>
    public static RabbitMqAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0
            || uri.AbsolutePath.TrimStart('/').Contains('/'))
        {
            throw new LinodeToolkitException(RabbitMqProblems.NoAddress("it is not of this form"));
        }

        var tls = uri.Scheme == "amqps";
        var (open, authority) = (false, (string?)null);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (pair.Split('=')[0], Uri.UnescapeDataString(pair[(pair.IndexOf('=') + 1)..]))
            {
                case ("tls", "off") when !tls:
                    open = true;
                    break;
                case ("cacertfile", { Length: > 0 } file) when tls:
                    authority = file;
                    break;
                case var (key, _):
                    throw new LinodeToolkitException(RabbitMqProblems.NoAddress($"\"{key}\" is not known, or its value does not fit"));
            }
        }

        if (!tls && !open && !IsLocal(uri.DnsSafeHost))
        {
            throw new LinodeToolkitException(RabbitMqProblems.NoAddress("passwords and work would cross the network in the open"));
        }

        var login = uri.UserInfo.Split(':', 2);
        var virtualHost = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        return new(
            uri.DnsSafeHost, uri.Port > 0 ? uri.Port : tls ? 5671 : 5672, virtualHost.Length == 0 ? "/" : virtualHost,
            login[0].Length == 0 ? UsualUser : Uri.UnescapeDataString(login[0]),
            login.Length > 1 ? new(Uri.UnescapeDataString(login[1])) : null, tls, authority);
    }

    private static bool IsLocal(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
