using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>A collection, asked for page by page: <see cref="LinodeV4Client.ListAsync"/> walks them all.</summary>
/// <typeparam name="TItem">What it holds.</typeparam>
public abstract record V4List<TItem> : V4Operation<V4Page<TItem>>
{
    /// <summary>Says where it is and how a page is read.</summary>
    protected V4List(V4Path path, JsonTypeInfo<V4Page<TItem>> page)
        : base(HttpMethod.Get, path, page)
    {
    }

    /// <summary>What the server leaves out, and the order of the rest.</summary>
    public V4Filter Filter { get; init; } = V4Filter.None;

    /// <summary>Which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Items a page has at most, 25 to 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <inheritdoc/>
    public override LimitClass Limit => LimitClass.List;

    internal sealed override string Query => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?page={Page}&page_size={PageSize}");

    internal sealed override string? FilterHeader => Filter.IsEmpty ? null : Filter.ToString();
}

/// <summary>A page of a collection. <c>results</c> of the wire is left out: it may count more than the pages hold.</summary>
/// <param name="Data">The page's items.</param>
/// <param name="Pages">How many pages there are now; 1 also for none.</param>
public sealed record V4Page<TItem>(IReadOnlyList<TItem> Data, int Pages = 1);
