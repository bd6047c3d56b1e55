namespace LinodeEmulator.State;

/// <summary>The account's events: ids grow, and nothing is told twice.</summary>
internal sealed class EventLog(Table<Event> table, Counters counters)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public Table<Event> Table => table;

    /// <summary>Work that will be done: seen as scheduled until its job begins.</summary>
    public long Schedule(string action, Entity? entity, DateTime at, string? user, Entity? secondary = null) =>
        Add(action, "scheduled", entity, at, user, secondary);

    /// <summary>Something that is already so.</summary>
    public long Notify(string action, Entity? entity, DateTime at, string? user, Entity? secondary = null) =>
        Add(action, "notification", entity, at, user, secondary);

    /// <summary>Something that was done within the request.</summary>
    public long Done(string action, Entity? entity, DateTime at, string? user, Entity? secondary = null) =>
        End(Begin(Add(action, "scheduled", entity, at, user, secondary), at, at), "finished", at)!.Value;

    public long? Begin(long? id, DateTime at, DateTime? ends)
    {
        if (id is { } known && table.Find(known) is { } row)
        {
            table.Put(row with { Status = "started", Started = row.Started ?? at, Ends = ends });
        }

        return id;
    }

    public long? End(long? id, string status, DateTime at)
    {
        if (id is { } known && table.Find(known) is { } row)
        {
            table.Put(row with { Status = status, Started = row.Started ?? at, Ends = at });
        }

        return id;
    }

    public void DropOld(DateTime now)
    {
        while (table.Rows.Count > 0 && table.Rows[0].Created < now - Kept)
        {
            table.Remove(table.Rows[0].Id);
        }
    }

    private long Add(string action, string status, Entity? entity, DateTime at, string? user, Entity? secondary) =>
        table.Put(new Event(counters.Next("event"), action, status, at) { Entity = entity, Secondary = secondary, Username = user }).Id;
}
