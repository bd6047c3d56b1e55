using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinodeEmulator.State;

/// <summary>Something the cloud keeps, with an id that is never used twice within its table.</summary>
internal interface IRow
{
    long Id { get; }
}

/// <summary>What the journal needs of a table whatever its rows are.</summary>
internal interface ITable
{
    string Name { get; }

    /// <summary>Grows with each change.</summary>
    long Version { get; }

    /// <summary>Whether anybody will ask for the changes.</summary>
    bool KeepsChanges { get; set; }

    /// <summary>The rows changed since the last call, as id and JSON; no JSON means removed.</summary>
    IEnumerable<(long Id, string? Json)> TakeChanges();

    IEnumerable<(long Id, string? Json)> Everything();

    void Load(long id, JsonElement? row);

    void Clear();
}

/// <summary>Rows in the order of their ids. Rows are immutable: to change one is to put another in its place, and so no change goes
/// unrecorded.</summary>
internal sealed class Table<T>(string name, JsonTypeInfo<T> json, Func<T, string?>? key = null, Func<T, long?>? owner = null) : ITable
    where T : class, IRow
{
    private readonly List<T> _rows = [];
    private readonly Dictionary<string, long> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<long, SortedSet<long>> _byOwner = [];
    private readonly SortedSet<long> _changed = [];

    public string Name => name;

    public long Version { get; private set; }

    public bool KeepsChanges { get; set; }

    public IReadOnlyList<T> Rows => _rows;

    public T? Find(long id) => IndexOf(id) is var at and >= 0 ? _rows[at] : null;

    public T Get(long id) => Find(id) ?? throw new InvalidOperationException($"{name} has no row {id}");

    public T? FindByKey(string wanted) => _byKey.TryGetValue(wanted, out var id) ? Get(id) : null;

    public IReadOnlyList<T> OwnedBy(long ownerId) => _byOwner.TryGetValue(ownerId, out var ids) ? [.. ids.Select(Get)] : [];

    /// <summary>The rows from an id on, without a look at those before.</summary>
    public IEnumerable<T> From(long id)
    {
        var at = IndexOf(id);
        return _rows.Skip(at < 0 ? ~at : at);
    }

    public T Put(T row)
    {
        Place(row);
        Note(row.Id);
        return row;
    }

    public void Remove(long id)
    {
        if (IndexOf(id) is var at and >= 0)
        {
            Forget(_rows[at]);
            _rows.RemoveAt(at);
            Version++;
            Note(id);
        }
    }

    public IEnumerable<(long Id, string? Json)> TakeChanges()
    {
        foreach (var id in _changed)
        {
            yield return (id, Find(id) is { } row ? JsonSerializer.Serialize(row, json) : null);
        }

        _changed.Clear();
    }

    public IEnumerable<(long Id, string? Json)> Everything() => _rows.Select(row => (row.Id, (string?)JsonSerializer.Serialize(row, json)));

    public void Load(long id, JsonElement? row)
    {
        if (row is { } known)
        {
            Place(known.Deserialize(json)!);
        }
        else
        {
            Remove(id);
        }
    }

    public void Clear()
    {
        _rows.Clear();
        _byKey.Clear();
        _byOwner.Clear();
        _changed.Clear();
        Version++;
    }

    private void Note(long id)
    {
        if (KeepsChanges)
        {
            _changed.Add(id);
        }
    }

    private void Place(T row)
    {
        Version++;
        var at = IndexOf(row.Id);
        if (at >= 0)
        {
            Forget(_rows[at]);
            _rows[at] = row;
        }
        else
        {
            _rows.Insert(~at, row);
        }

        if (key?.Invoke(row) is { } text)
        {
            _byKey[text] = row.Id;
        }

        if (owner?.Invoke(row) is { } ownerId)
        {
            (_byOwner.TryGetValue(ownerId, out var ids) ? ids : _byOwner[ownerId] = []).Add(row.Id);
        }
    }

    private void Forget(T row)
    {
        if (key?.Invoke(row) is { } text && _byKey.TryGetValue(text, out var holder) && holder == row.Id)
        {
            _byKey.Remove(text);
        }

        if (owner?.Invoke(row) is { } ownerId && _byOwner.TryGetValue(ownerId, out var ids) && ids.Remove(row.Id) && ids.Count == 0)
        {
            _byOwner.Remove(ownerId);
        }
    }

    /// <summary>The index of an id, or the complement of where it would stand. New rows come last, so that is looked at first.</summary>
    private int IndexOf(long id)
    {
        if (_rows.Count == 0 || _rows[^1].Id < id)
        {
            return ~_rows.Count;
        }

        var (low, high) = (0, _rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _rows[middle].Id;
            if (found == id)
            {
                return middle;
            }

            (low, high) = found < id ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
