using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.State.Work;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>A request on its way through an operation: all that one may want to know.</summary>
internal sealed class ApiCall(
    Cloud cloud, DateTime now, EmulatorRequest request, IReadOnlyDictionary<string, string> values, Caller caller, JsonElement? body,
    IReadOnlyList<FaultRule> faults, FaultBook book, FaultedRequest? faulted)
{
    private const int DefaultPageSize = 100;
    private BodyReader? _body;
    private JobFate? _boots;
    private JobFate? _work;

    public Cloud Cloud => cloud;

    public DateTime Now => now;

    public Caller Caller => caller;

    /// <summary>The user that events name.</summary>
    public string User => caller.User;

    public BodyReader Body => _body ??= new BodyReader(body ?? Nothing());

    /// <summary>Asks for work, with the fate that faults have in store for it.</summary>
    public Job Enqueue(JobKind kind, string lane, long subject, string drawnFor, long? eventId, Func<Job, Job>? with = null)
    {
        var fate = kind.IsBoot ? _boots ??= Fate(isBoot: true) : _work ??= Fate(isBoot: false);
        return cloud.Enqueue(kind.Name, lane, subject, drawnFor, now, eventId, job => (with?.Invoke(job) ?? job) with { Fate = fate });
    }

    /// <summary>Lets those come who will do something to a new Linode in the console.</summary>
    public void ExpectVisitsTo(Instance row) => ConsoleJob.Expect(cloud, row, book.VisitsTo(row.Label), now);

    /// <summary>Whether a fault leaves hardly any room on the disks that this request makes from an image.</summary>
    public bool FillsDisks => faults.Any(fault => fault.Effect == FaultEffect.FullDisk);

    public bool IsSoldOut(string region) => book.IsSoldOut(region);

    /// <summary>How many there may be, if a fault sets a bound.</summary>
    public int? Quota(FaultEffect effect) => (int?)faults.Where(fault => fault.Effect == effect).Min(fault => fault.Number);

    /// <summary>A region that a fault struck for this request.</summary>
    public bool StruckSoldOut(string region) => faults.Any(fault => fault.Effect == FaultEffect.SoldOut && (fault.Region ?? region) == region);

    public string Slug(string name) => values[name];

    public long Id(string name) =>
        long.TryParse(values[name], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw ApiProblem.NotFound;

    public T Row<T>(Table<T> table, string name)
        where T : class, IRow => table.Find(Id(name)) ?? throw ApiProblem.NotFound;

    public Instance Linode() => Row(cloud.Instances, "linodeId");

    /// <summary>The Linode, if its host can take on more work now.</summary>
    public Instance IdleLinode() => Linode() is var instance && cloud.IsBusy(instance) ? throw ApiProblem.LinodeBusy : instance;

    /// <summary>The page that the query asks for, of what the X-Filter leaves.</summary>
    public EmulatorResponse Page<TRow, TWire>(
        Func<long, IEnumerable<TRow>> rowsFrom, Filterable<TRow> fields, Func<TRow, TWire> wire, JsonTypeInfo<Page<TWire>> json)
    {
        var rows = XFilter<TRow>.Apply(request.Filter, fields, rowsFrom);
        var size = Query("page_size", DefaultPageSize, 25, 500, Unknowns.PageSizeReason);
        var pages = Math.Max(1, (rows.Count + size - 1) / size);
        var number = Query("page", 1, 1, pages, Unknowns.PageReason);
        var data = rows.Skip((number - 1) * size).Take(size).Select(wire).ToList();
        return Reply.Json(new Page<TWire>(data, number, pages, rows.Count), json);
    }

    public EmulatorResponse Page<TRow, TWire>(
        IEnumerable<TRow> rows, Filterable<TRow> fields, Func<TRow, TWire> wire, JsonTypeInfo<Page<TWire>> json) => Page(_ => rows, fields, wire,
        json);

    public EmulatorResponse Page<TRow, TWire>(Table<TRow> table, Filterable<TRow> fields, Func<TRow, TWire> wire, JsonTypeInfo<Page<TWire>> json)
        where TRow : class, IRow => Page(from => from == long.MinValue ? table.Rows : table.From(from), fields, wire, json);

    private static JsonElement Nothing()
    {
        using var document = JsonDocument.Parse("{}");
        return document.RootElement.Clone();
    }

    private JobFate Fate(bool isBoot) => faulted is null ? JobFate.Normal : FaultAnswers.FateOf(book.StrikeWork(faulted, isBoot));

    private int Query(string name, int otherwise, int least, int most, string reason)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request.Query)[name];
        if (query is null)
        {
            return otherwise;
        }

        return int.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ApiProblem.Field(name, reason);
    }
}
