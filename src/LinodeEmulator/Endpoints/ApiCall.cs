using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>A request on its way through an operation of API v4: all that one may want to know.</summary>
internal sealed class ApiCall(
    Cloud cloud, DateTime now, EmulatorRequest request, IReadOnlyDictionary<string, string> values, Caller caller, JsonElement? body,
    IReadOnlyList<FaultRule> faults, FaultBook book, FaultedRequest? faulted) : CloudCall(cloud, now, caller, faults, book, faulted)
{
    private const int DefaultPageSize = 100;
    private BodyReader? _body;

    public BodyReader Body => _body ??= new BodyReader(body ?? Nothing());

    /// <summary>The address that the request came to, without a path.</summary>
    public string SentTo => request.Base;

    public string Slug(string name) => values[name];

    public long Id(string name) =>
        long.TryParse(values[name], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw ApiProblem.NotFound;

    public T Row<T>(Table<T> table, string name)
        where T : class, IRow => table.Find(Id(name)) ?? throw ApiProblem.NotFound;

    public Instance Linode() => Row(Cloud.Instances, "linodeId");

    /// <summary>The Linode, if its host can take on more work now.</summary>
    public Instance IdleLinode() => Linode() is var instance && Cloud.IsBusy(instance) ? throw ApiProblem.LinodeBusy : instance;

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
