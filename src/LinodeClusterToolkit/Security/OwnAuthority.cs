using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>Trust in certificate authorities of one's own, besides the system's.</summary>
internal static class OwnAuthority
{
    /// <summary>What accepts a certificate that the system trusts, or that an authority of the file has signed.</summary>
    /// <exception cref="LinodeToolkitException">LCT7050: the file holds no certificate, or cannot be read.</exception>
    public static RemoteCertificateValidationCallback Of(string file)
    {
        var authorities = Read(file);
        return (_, certificate, chain, errors) => errors == SslPolicyErrors.None || IsSignedBy(authorities, certificate, chain, errors);
    }

    private static X509Certificate2Collection Read(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw new CryptographicException("it holds no certificate");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LinodeToolkitException(SecurityProblems.UnreadableAuthority(file, exception.Message), exception);
        }
    }

    // Asked only where the system's own authorities did not do; a wrong host name stays wrong.
    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
