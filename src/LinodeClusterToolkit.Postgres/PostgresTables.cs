using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Postgres;

/// <summary>The same tables as in a database file, as PostgreSQL has them: text sorts by its bytes, whatever the database's language.</summary>
internal static class PostgresTables
{
    private const string Text = "TEXT COLLATE \"C\"";

    private const string Owner = $"application {Text} NOT NULL, customer {Text} NOT NULL";

    public static SqlSchema Inventory { get; } = new("inventory",
    [
        $"""
        CREATE TABLE cluster (
            {Owner}, id {Text} NOT NULL, name {Text} NOT NULL, state {Text} NOT NULL,
            plan_text {Text} NOT NULL, plan_name {Text} NOT NULL, resolved {Text} NOT NULL, created {Text} NOT NULL, firewall_id BIGINT,
            last_run {Text}, protected BIGINT NOT NULL DEFAULT 0, updated {Text} NOT NULL DEFAULT '',
            PRIMARY KEY (application, customer, id));
        CREATE UNIQUE INDEX cluster_name ON cluster (application, customer, name) WHERE state <> 'Deleted';
        CREATE INDEX cluster_id ON cluster (id);

        CREATE TABLE node (
            {Owner}, cluster {Text} NOT NULL, key {Text} NOT NULL, label {Text} NOT NULL,
            region {Text} NOT NULL, node_group {Text} NOT NULL, ordinal BIGINT NOT NULL, type {Text} NOT NULL, image {Text} NOT NULL,
            host_name {Text} NOT NULL, tags {Text} NOT NULL, state {Text} NOT NULL, linode_id BIGINT, public_ipv4 {Text}, private_ipv4 {Text},
            ipv6 {Text}, public_fqdn {Text}, private_fqdn {Text}, power {Text} NOT NULL, failure {Text}, updated {Text} NOT NULL,
            configuration {Text} NOT NULL, login {Text}, host_keys {Text} NOT NULL, host_key_origin {Text} NOT NULL,
            stage {Text} NOT NULL, unwatched BIGINT NOT NULL, boot {Text} NOT NULL, created {Text} NOT NULL,
            PRIMARY KEY (application, customer, cluster, key),
            FOREIGN KEY (application, customer, cluster) REFERENCES cluster (application, customer, id));

        CREATE TABLE node_tag (
            {Owner}, tag {Text} NOT NULL, cluster {Text} NOT NULL, node {Text} NOT NULL,
            PRIMARY KEY (application, customer, tag, cluster, node),
            FOREIGN KEY (application, customer, cluster, node) REFERENCES node (application, customer, cluster, key));
        CREATE INDEX node_tag_node ON node_tag (application, customer, cluster, node);

        CREATE TABLE resource (
            {Owner}, cluster {Text} NOT NULL, kind {Text} NOT NULL, key {Text} NOT NULL, label {Text} NOT NULL,
            cloud_id BIGINT, region {Text}, node_key {Text}, size BIGINT, address {Text}, updated {Text} NOT NULL,
            PRIMARY KEY (application, customer, cluster, kind, key),
            FOREIGN KEY (application, customer, cluster) REFERENCES cluster (application, customer, id));

        CREATE TABLE counter (
            {Owner}, cluster {Text} NOT NULL, address {Text} NOT NULL, value BIGINT NOT NULL,
            PRIMARY KEY (application, customer, cluster, address));

        CREATE TABLE run (
            {Owner}, id {Text} NOT NULL, cluster {Text} NOT NULL, verb {Text} NOT NULL, state {Text} NOT NULL,
            started {Text} NOT NULL, ended {Text}, work {Text} NOT NULL DEFAULT '',
            PRIMARY KEY (application, customer, id));
        CREATE INDEX run_started ON run (application, customer, started);

        CREATE TABLE change (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {Owner}, cluster {Text} NOT NULL, node {Text},
            label {Text} NOT NULL, aspect {Text} NOT NULL, before {Text}, after {Text} NOT NULL, at {Text} NOT NULL);
        CREATE INDEX change_order ON change (application, customer, id);
        CREATE INDEX change_of ON change (application, customer, cluster, node, id);
        """,
    ]);

    /// <summary>The journal; the id keeps the order of first writing.</summary>
    public static SqlSchema Journal { get; } = new("journal",
    [
        $"""
        CREATE TABLE step (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {Owner}, run {Text} NOT NULL, name {Text} NOT NULL,
            state {Text} NOT NULL, attempts BIGINT NOT NULL, started {Text}, ended {Text}, problem {Text},
            UNIQUE (application, customer, run, name))
        """,
    ]);

    public static SqlSchema Leases { get; } = new("lease",
    [
        $"""
        CREATE TABLE lease (
            {Owner}, cluster {Text} NOT NULL, fence BIGINT NOT NULL, holder {Text}, purpose {Text} NOT NULL,
            since {Text} NOT NULL, renewed {Text} NOT NULL, stop_asked BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (application, customer, cluster))
        """,
    ]);

    /// <summary>What workers share: work, themselves, what a run's graph is drawn of, and what happened.</summary>
    public static SqlSchema Work { get; } = new("work",
    [
        $"""
        CREATE TABLE work (
            {Owner}, run {Text} NOT NULL, step {Text} NOT NULL, cluster {Text} NOT NULL, queue {Text} NOT NULL, state {Text} NOT NULL,
            due TIMESTAMPTZ, turn BIGINT NOT NULL DEFAULT 0, holder {Text}, token {Text}, since TIMESTAMPTZ, tries BIGINT NOT NULL DEFAULT 0,
            deaths BIGINT NOT NULL DEFAULT 0, died TIMESTAMPTZ, stopping BIGINT NOT NULL DEFAULT 0, conductor {Text}, again {Text},
            outcome {Text}, attempts BIGINT, started {Text}, ended {Text}, problem {Text},
            calls BIGINT NOT NULL DEFAULT 0, waits BIGINT NOT NULL DEFAULT 0, waited BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (application, customer, run, step));
        CREATE INDEX work_due ON work (due) WHERE due IS NOT NULL;
        CREATE INDEX work_holder ON work (holder) WHERE holder IS NOT NULL;
        CREATE INDEX work_ended ON work (conductor) WHERE state = 'ended';

        CREATE TABLE worker (
            id {Text} PRIMARY KEY, name {Text} NOT NULL, holder {Text} NOT NULL, machine {Text} NOT NULL, process BIGINT NOT NULL,
            state {Text} NOT NULL, started TIMESTAMPTZ NOT NULL, seen TIMESTAMPTZ NOT NULL, concurrency BIGINT NOT NULL, steps BIGINT NOT NULL,
            runs BIGINT NOT NULL);
        CREATE INDEX worker_name ON worker (name);

        CREATE TABLE site (
            {Owner}, run {Text} NOT NULL, number BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (application, customer, run));

        CREATE TABLE site_note ({Owner}, run {Text} NOT NULL, word {Text} NOT NULL, PRIMARY KEY (application, customer, run, word));

        CREATE TABLE happening (
            {Owner}, run {Text} NOT NULL, number BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (application, customer, run, number));
        """,
    ]);

    /// <summary>Rate limits that processes keep together; times are microseconds since 1970 by the database's clock.</summary>
    public static SqlSchema Rates { get; } = new("rates",
    [
        $"""
        CREATE TABLE rate_limit (
            account {Text} NOT NULL, class {Text} NOT NULL, most BIGINT NOT NULL, ceiling BIGINT NOT NULL, closed_until BIGINT NOT NULL,
            burst BIGINT NOT NULL, answered BIGINT, refused BIGINT NOT NULL,
            PRIMARY KEY (account, class));

        CREATE TABLE rate_permit (
            account {Text} NOT NULL, class {Text} NOT NULL, process {Text} NOT NULL, number BIGINT NOT NULL, run {Text},
            taken BIGINT NOT NULL, until BIGINT NOT NULL, burst BIGINT,
            PRIMARY KEY (account, class, process, number));
        CREATE INDEX rate_permit_end ON rate_permit (account, class, until);

        CREATE TABLE rate_want (
            account {Text} NOT NULL, class {Text} NOT NULL, run {Text} NOT NULL, process {Text} NOT NULL, waiting BIGINT NOT NULL,
            since BIGINT NOT NULL, turn BIGINT NOT NULL, until BIGINT NOT NULL,
            PRIMARY KEY (account, class, run, process));
        """,
    ]);

    /// <summary>Events of the cloud that processes read for each other. Times are the database's own: it is the one clock they share.</summary>
    public static SqlSchema Feeds { get; } = new("feed",
    [
        $"""
        CREATE TABLE feed (
            account {Text} PRIMARY KEY, holder {Text}, turn BIGINT NOT NULL DEFAULT 0, beat TIMESTAMPTZ NOT NULL,
            begun BIGINT NOT NULL DEFAULT 0, begun_at TIMESTAMPTZ, ended BIGINT NOT NULL DEFAULT 0, ended_at TIMESTAMPTZ,
            position BIGINT, far BIGINT NOT NULL DEFAULT 0);

        CREATE TABLE feed_event (
            account {Text} NOT NULL, id BIGINT NOT NULL, node BIGINT NOT NULL, action {Text} NOT NULL, status {Text} NOT NULL,
            open BIGINT NOT NULL, subject BIGINT, created {Text} NOT NULL, seconds DOUBLE PRECISION, message {Text},
            poll BIGINT NOT NULL, changed TIMESTAMPTZ NOT NULL,
            PRIMARY KEY (account, id));
        CREATE INDEX feed_event_node ON feed_event (account, node);
        CREATE INDEX feed_event_poll ON feed_event (account, poll);
        CREATE INDEX feed_event_open ON feed_event (account) WHERE open = 1;
        """,
    ]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SqlSchema> All { get; } = [Inventory, Journal, Leases, Work, Rates, Feeds];
}
