using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>The tables in a database file. Every key begins with application and customer, so that no query can cross them by slip.</summary>
internal static class SqliteTables
{
    public static SqlSchema Inventory { get; } = new("inventory",
    [
        """
        CREATE TABLE cluster (
            application TEXT NOT NULL, customer TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
            plan_text TEXT NOT NULL, plan_name TEXT NOT NULL, resolved TEXT NOT NULL, created TEXT NOT NULL, firewall_id INTEGER, last_run TEXT,
            PRIMARY KEY (application, customer, id));
        CREATE UNIQUE INDEX cluster_name ON cluster (application, customer, name) WHERE state <> 'Deleted';

        CREATE TABLE node (
            application TEXT NOT NULL, customer TEXT NOT NULL, cluster TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
            region TEXT NOT NULL, node_group TEXT NOT NULL, ordinal INTEGER NOT NULL, type TEXT NOT NULL, image TEXT NOT NULL,
            host_name TEXT NOT NULL, tags TEXT NOT NULL, state TEXT NOT NULL, linode_id INTEGER, public_ipv4 TEXT, private_ipv4 TEXT, ipv6 TEXT,
            public_fqdn TEXT, private_fqdn TEXT, power TEXT NOT NULL, failure TEXT, updated TEXT NOT NULL,
            PRIMARY KEY (application, customer, cluster, key),
            FOREIGN KEY (application, customer, cluster) REFERENCES cluster (application, customer, id)) WITHOUT ROWID;

        CREATE TABLE node_tag (
            application TEXT NOT NULL, customer TEXT NOT NULL, tag TEXT NOT NULL, cluster TEXT NOT NULL, node TEXT NOT NULL,
            PRIMARY KEY (application, customer, tag, cluster, node),
            FOREIGN KEY (application, customer, cluster, node) REFERENCES node (application, customer, cluster, key)) WITHOUT ROWID;
        CREATE INDEX node_tag_node ON node_tag (application, customer, cluster, node);

        CREATE TABLE resource (
            application TEXT NOT NULL, customer TEXT NOT NULL, cluster TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
            cloud_id INTEGER, region TEXT, node_key TEXT, size INTEGER, address TEXT, updated TEXT NOT NULL,
            PRIMARY KEY (application, customer, cluster, kind, key),
            FOREIGN KEY (application, customer, cluster) REFERENCES cluster (application, customer, id)) WITHOUT ROWID;

        CREATE TABLE counter (
            application TEXT NOT NULL, customer TEXT NOT NULL, cluster TEXT NOT NULL, address TEXT NOT NULL, value INTEGER NOT NULL,
            PRIMARY KEY (application, customer, cluster, address)) WITHOUT ROWID;

        CREATE TABLE run (
            application TEXT NOT NULL, customer TEXT NOT NULL, id TEXT NOT NULL, cluster TEXT NOT NULL, verb TEXT NOT NULL, state TEXT NOT NULL,
            started TEXT NOT NULL, ended TEXT,
            PRIMARY KEY (application, customer, id)) WITHOUT ROWID;
        CREATE INDEX run_started ON run (application, customer, started);
        """,
        """
        ALTER TABLE node ADD COLUMN configuration TEXT NOT NULL DEFAULT 'None';
        ALTER TABLE node ADD COLUMN login TEXT;
        ALTER TABLE node ADD COLUMN host_keys TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE node ADD COLUMN host_key_origin TEXT NOT NULL DEFAULT 'Unknown';
        """,
        """
        ALTER TABLE node ADD COLUMN stage TEXT NOT NULL DEFAULT 'None';
        ALTER TABLE node ADD COLUMN unwatched INTEGER NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE run ADD COLUMN work TEXT NOT NULL DEFAULT '';
        ALTER TABLE cluster ADD COLUMN protected INTEGER NOT NULL DEFAULT 0;
        """,
        """
        ALTER TABLE node ADD COLUMN created TEXT NOT NULL DEFAULT '';
        UPDATE node SET created = updated;
        ALTER TABLE node ADD COLUMN boot TEXT NOT NULL DEFAULT 'Unknown';
        ALTER TABLE cluster ADD COLUMN updated TEXT NOT NULL DEFAULT '';

        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, application TEXT NOT NULL, customer TEXT NOT NULL, cluster TEXT NOT NULL, node TEXT,
            label TEXT NOT NULL, aspect TEXT NOT NULL, before TEXT, after TEXT NOT NULL, at TEXT NOT NULL);
        CREATE INDEX change_order ON change (application, customer, id);
        CREATE INDEX change_of ON change (application, customer, cluster, node, id);
        """,
    ]);

    /// <summary>The journal; the row id keeps the order of first writing.</summary>
    public static SqlSchema Journal { get; } = new("journal",
    [
        """
        CREATE TABLE step (
            id INTEGER PRIMARY KEY, application TEXT NOT NULL, customer TEXT NOT NULL, run TEXT NOT NULL, name TEXT NOT NULL,
            state TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT, ended TEXT, problem TEXT,
            UNIQUE (application, customer, run, name))
        """,
    ]);

    /// <summary>Leases. A row stays when its lease is given back: fences go up for ever.</summary>
    public static SqlSchema Leases { get; } = new("lease",
    [
        """
        CREATE TABLE lease (
            application TEXT NOT NULL, customer TEXT NOT NULL, cluster TEXT NOT NULL, fence INTEGER NOT NULL, holder TEXT, purpose TEXT NOT NULL,
            since TEXT NOT NULL, renewed TEXT NOT NULL, stop_asked INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (application, customer, cluster)) WITHOUT ROWID
        """,
    ]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SqlSchema> All { get; } = [Inventory, Journal, Leases];
}
