using System.Net.Sockets;
using LinodeClusterToolkit.Diagnostics;
using Npgsql;

namespace LinodeClusterToolkit.Postgres;

/// <summary>What can go wrong with a PostgreSQL server.</summary>
internal static class PostgresProblems
{
    private const string IdleInTransaction = "25P03";

    public static Problem NoAddress(string why) => new(
        "LCT7131", "that is no address of a PostgreSQL database", Where: "inventory", Why: why,
        Fix: ["write it as postgres://USER@HOST:5432/DATABASE; after ? come sslmode, sslrootcert and schema, where they are needed"]);

    public static LinodeToolkitException From(PostgresAddress address, NpgsqlException thrown) => new(Of(address, thrown), thrown);

    /// <summary>Whether it goes by by itself: a server that starts again, a connection that was cut, two that waited for each other.</summary>
    public static bool PassesSoon(NpgsqlException thrown) => thrown is PostgresException said
        ? said.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or IdleInTransaction
        : thrown.IsTransient || thrown.InnerException is IOException or SocketException or TimeoutException;

    // Codes of PostgreSQL, https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static Problem Of(PostgresAddress address, NpgsqlException thrown) => (thrown as PostgresException)?.SqlState switch
    {
        // Npgsql's own word for a server that asks for a password where we have none.
        null when thrown.InnerException is null && !address.HasPassword => Refused(address, thrown),
        null => new(
            "LCT7132", $"{address.Description} does not answer", Where: address.Description, Why: thrown.InnerException?.Message ?? thrown.Message,
            Fix: ["see that the server runs and can be reached from here, and that its certificate is for that name"]) { Retryable = true },
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Refused(address, thrown),
        PostgresErrorCodes.InvalidCatalogName => new(
            "LCT7134", $"there is no database {address.Settings.Database} on {address.Settings.Host}", Where: address.Description, Why: Said(thrown),
            Fix: [$"make it: createdb {address.Settings.Database}"]),
        PostgresErrorCodes.InsufficientPrivilege => new(
            "LCT7135", $"{address.Description} does not allow that", Where: address.Description, Why: Said(thrown),
            Fix: [$"GRANT CREATE ON DATABASE, or make the schema {address.Schema} and give it to the user"]),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            "LCT7136", $"{address.Description} takes no writes", Where: address.Description, Why: Said(thrown),
            Fix: ["give the address of the primary server"]) { Retryable = true },
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory => new(
            "LCT7137", $"{address.Description} has no room left", Where: address.Description, Why: Said(thrown),
            Fix: ["make room, then run the same again: what was written before is safe"]) { Retryable = true },
        var code => new(
            "LCT7138", $"{address.Description} failed", Where: address.Description, Why: $"{Said(thrown)} (SQLSTATE {code})",
            Fix: ["see the server's log; if it is sound, report this"]) { Retryable = PassesSoon(thrown) },
    };

    private static Problem Refused(PostgresAddress address, NpgsqlException thrown) => new(
        "LCT7133", $"{address.Description} refused the login", Where: address.Description, Why: Said(thrown),
        Fix: ["give the right user in its address, and the password where passwords are kept"]);

    private static string Said(NpgsqlException thrown) => thrown is PostgresException said ? said.MessageText : thrown.Message;
}
