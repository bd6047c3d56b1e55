using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinodeClusterToolkit.Security;
using RabbitMQ.Client;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>What RabbitMQ's client is told.</summary>
internal static class RabbitMqFactory
{
    /// <summary>Makes connections to a broker.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="password">The password; null for the address' own.</param>
    /// <param name="purpose">What the connection is for, shown in the broker's own lists.</param>
    public static ConnectionFactory Of(RabbitMqAddress address, Sensitive? password, string purpose) => new()
    {
        HostName = address.Host, Port = address.Port, VirtualHost = address.VirtualHost, UserName = address.User,
        Password = (password ?? address.Password)?.Reveal() ?? (address.User == RabbitMqAddress.UsualUser ? RabbitMqAddress.UsualUser : ""),
        ClientProvidedName = $"linode-cluster-toolkit, {purpose}", ConsumerDispatchConcurrency = 1,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5), HandshakeContinuationTimeout = TimeSpan.FromSeconds(10),
        ContinuationTimeout = TimeSpan.FromSeconds(10), RequestedHeartbeat = TimeSpan.FromSeconds(15),
        Ssl = address.Tls ? Checked(address) : new SslOption(),

        // The client's own recovery keeps channels alive over a loss, with deliveries of the time before it; what was published meanwhile fails or
        // waits as its luck has it, and it does not begin before a first connection was there. Ours is one loop (RabbitMqLink) around connections
        // that end once and for all, and so do their channels: nothing of before can be settled on what came after.
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
    };

    private static SslOption Checked(RabbitMqAddress address)
    {
        var option = new SslOption(address.Host, enabled: true);
        if (address.Authority is { } file)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            option.CertificateValidationCallback = (_, shown, sent, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0
                && shown is X509Certificate2 certificate && IsSigned(certificate, sent, roots);
        }

        return option;
    }

    private static bool IsSigned(X509Certificate2 shown, X509Chain? sent, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // that of servers
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(shown);
    }
}
