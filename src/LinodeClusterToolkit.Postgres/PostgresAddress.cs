using System.Globalization;
using System.Net;
using LinodeClusterToolkit.Diagnostics;
using Npgsql;

namespace LinodeClusterToolkit.Postgres;

/// <summary>Which database, on which server, as whom.</summary>
/// <param name="Settings">What Npgsql is told.</param>
/// <param name="Schema">The schema of the database that the tables are in, so that it may hold other things beside.</param>
internal sealed record PostgresAddress(NpgsqlConnectionStringBuilder Settings, string Schema)
{
    /// <summary>Schema where none is said.</summary>
    public const string UsualSchema = "linode_cluster_toolkit";

    /// <summary>Names it without user and password.</summary>
    public string Description =>
        $"PostgreSQL {Settings.Host}:{Settings.Port.ToString(CultureInfo.InvariantCulture)}/{Settings.Database}, schema {Schema}";

    /// <summary>Whether a password stands in what was read.</summary>
    public bool HasPassword => !string.IsNullOrEmpty(Settings.Password);

    /// <summary>Reads <c>postgres://user@host:port/database?sslmode=…&amp;sslrootcert=…&amp;schema=…</c>, as PostgreSQL's own programs do.</summary>
    /// <exception cref="LinodeToolkitException">LCT7131: it is none.</exception>
    public static PostgresAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Trim('/') is "")
        {
            throw new LinodeToolkitException(PostgresProblems.NoAddress("it is not of this form"));
        }

        var login = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host, Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
        };
        if (login[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(login[1]);
        }

        var schema = UsualSchema;
        settings.SslMode = IsLocal(uri.Host) ? SslMode.Prefer : SslMode.VerifyFull;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (pair.Split('=')[0], Uri.UnescapeDataString(pair[(pair.IndexOf('=') + 1)..]));
            switch (key)
            {
                case "schema" when value.Length is > 0 and <= 63 && value.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_'):
                    schema = value;
                    break;
                case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), true, out var mode):
                    settings.SslMode = mode;
                    break;
                case "sslrootcert":
                    settings.RootCertificate = value;
                    break;
                default:
                    throw new LinodeToolkitException(PostgresProblems.NoAddress($"\"{key}\" is not known, or its value is none"));
            }
        }

        return new(settings, schema);
    }

    /// <summary>The same with a password.</summary>
    public PostgresAddress With(string password) =>
        this with { Settings = new NpgsqlConnectionStringBuilder(Settings.ConnectionString) { Password = password } };

    /// <summary>Where connections come from; none is made yet.</summary>
    public NpgsqlDataSource Connect()
    {
        var settings = new NpgsqlConnectionStringBuilder(Settings.ConnectionString)
        {
            SearchPath = $"\"{Schema}\"", ApplicationName = "linode-cluster-toolkit", MaxAutoPrepare = 100, AutoPrepareMinUsages = 3,
            Timeout = 10, CommandTimeout = 60, IncludeErrorDetail = false,

            // Every statement here has an index. Right after many rows were written, when nothing is known of them yet, it must not be left unused.
            // A machine that lost its power in the middle of a transaction must not keep others waiting until the network notices, hours later.
            // A statement that has none looks so dear then that it would be compiled before it runs, which takes far longer than to run it.
            Options = "-c enable_seqscan=off -c jit=off -c idle_in_transaction_session_timeout=30s -c tcp_keepalives_idle=30",
        };
        return new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableTransportSecurity().EnableArrays().Build();
    }

    private static bool IsLocal(string host) => host.Length == 0 || host.StartsWith('/') || host == "localhost"
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
