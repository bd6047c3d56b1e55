using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Work;

/// <summary>Something that happened in a run, before it has a number.</summary>
internal sealed record Happening(WorkAddress Run, string Body);

// Events of runs, numbered without gaps as they are written, whichever worker they come from.
internal sealed partial class WorkBoard
{
    /// <summary>Writes events in the order given; those of one run get the next numbers.</summary>
    public Task AddEventsAsync(IReadOnlyCollection<Happening> events, CancellationToken cancellation)
    {
        var all = events.GroupBy(one => one.Run with { Step = "" }).OrderBy(of => of.Key.ToString(), StringComparer.Ordinal)
            .Select(of => (Run: of.Key, Bodies: of.Select(one => one.Body).ToArray())).ToList();
        return database.WriteAsync(
            session =>
            {
                foreach (var (run, bodies) in all)
                {
                    // A number becomes visible after all that are lower.
                    session.TakeTurns($"events {run.Application} {run.Customer} {run.Run}");
                    session.Execute(
                        """
                        INSERT INTO happening (application, customer, run, number, body)
                        SELECT $1, $2, $3, told.place + coalesce((SELECT max(number) FROM happening
                            WHERE application = $1 AND customer = $2 AND run = $3), 0), told.body
                        FROM unnest($4::text[]) WITH ORDINALITY AS told (body, place)
                        """,
                        run.Application, run.Customer, run.Run, bodies);
                }

                return all.Count;
            },
            cancellation);
    }

    /// <summary>Events of a run with a higher number, in order.</summary>
    public Task<List<(long Number, string Body)>> ListEventsAsync(WorkAddress run, long after, CancellationToken cancellation) => database.ReadAsync(
        session => session.Query(
            "SELECT number, body FROM happening WHERE application = $1 AND customer = $2 AND run = $3 AND number > $4 ORDER BY number",
            row => (row.GetInt64(0), row.GetString(1)), run.Application, run.Customer, run.Run, after),
        cancellation);
}
