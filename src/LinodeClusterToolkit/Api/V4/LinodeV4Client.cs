using System.Runtime.CompilerServices;
using System.Text.Json;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Sends operations of the Linode API v4: waits for rate limits, repeats what may be repeated, reads answers, explains failures.</summary>
/// <remarks>Safe for use from many threads; one client an account is enough.</remarks>
public sealed class LinodeV4Client : IDisposable
{
    private readonly Uri address;
    private readonly Func<Sensitive> token;
    private readonly Func<Sensitive, CancellationToken, Task<bool>>? renew;
    private readonly ApiCaller caller;
    private readonly IReadOnlyList<IDisposable> owned;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="LinodeToolkitException">The address is not safe, or the certificate authority's file cannot be read.</exception>
    public LinodeV4Client(V4Options options)
        : this(options, new HttpClient(options.Handler ?? ApiHandler.Create(options.CertificateAuthority), disposeHandler: options.Handler is null))
    {
    }

    internal LinodeV4Client(V4Options options, Func<HttpClient> clients, params IReadOnlyList<IDisposable> owned)
    {
        address = ApiAddress.Of(options.ApiUrl, "v4");
        token = options.Token;
        renew = options.Renew;
        Time = options.Time;
        Counters = options.Counters ?? new CallCounters();
        var limits = options.Limits ?? new AccountLimits(Time);
        caller = new(new HttpSender(clients, Counters, Time, options.HttpLog), limits, options.Parallelism, Counters, Time);
        this.owned = options.Limits is null ? [caller, limits, .. owned] : [caller, .. owned];
    }

    private LinodeV4Client(V4Options options, HttpClient http)
        : this(options, () => http, http) =>
        http.Timeout = Timeout.InfiniteTimeSpan; // the pipeline has its own, of one try

    /// <summary>What the calls have cost so far.</summary>
    public CallCounters Counters { get; }

    internal TimeProvider Time { get; }

    internal string Description => $"Linode API v4 at {address.GetLeftPart(UriPartial.Authority)}";

    /// <summary>Sends one operation and reads its answer.</summary>
    /// <exception cref="LinodeApiException">It failed; <see cref="LinodeApiException.Failure"/> says how.</exception>
    public async Task<TReply> SendAsync<TReply>(V4Operation<TReply> operation, CancellationToken cancellation = default) =>
        (await AnswerAsync(operation, cancellation).ConfigureAwait(false)).Reply;

    /// <summary>Walks a collection page by page; the filter goes to the server.</summary>
    /// <exception cref="LinodeApiException">A page failed; <see cref="LinodeApiException.Failure"/> says how.</exception>
    public async IAsyncEnumerable<TItem> ListAsync<TItem>(V4List<TItem> list, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var (page, pages) = (list.Page, list.Page); page <= pages; page++)
        {
            var reply = await PageAsync(list with { Page = page }, cancellation).ConfigureAwait(false);
            pages = reply.Data.Count > 0 ? reply.Pages : 0;
            foreach (var item in reply.Data)
            {
                yield return item;
            }
        }
    }

    /// <summary>Ends waits and closes connections.</summary>
    public void Dispose()
    {
        foreach (var one in owned)
        {
            one.Dispose();
        }
    }

    internal async Task<(TReply Reply, HttpAnswer Answer)> AnswerAsync<TReply>(V4Operation<TReply> operation, CancellationToken cancellation)
    {
        var call = new ApiCall(
            operation.Method, operation.Path, new(address, operation.Path + operation.Query),
            operation.Body is { } body ? CallBody.Json(body.Write) : null, operation.FilterHeader, operation.Repeatable, TokenFor(operation))
        {
            Limit = operation.Limit,
        };
        var answer = await caller.SendAsync(call, operation.Limit, cancellation).ConfigureAwait(false);
        if (renew is not null && call.Token is { } old && TokenProblems.IsUnknown(answer) && await renew(old, cancellation).ConfigureAwait(false))
        {
            // Nothing was done for a token that is not known, so that every call may be sent again.
            call = call with { Token = TokenFor(operation) };
            answer = await caller.SendAsync(call, operation.Limit, cancellation).ConfigureAwait(false);
        }

        return answer.IsSuccess ? (Read(call, operation, answer), answer) : throw Refusals.Explain(call, answer);
    }

    // A list that shrinks while it is walked may lose the page that comes next.
    private async Task<V4Page<TItem>> PageAsync<TItem>(V4List<TItem> list, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(list, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException exception) when (exception.Failure == ApiFailure.NotFound && list.Page > 1)
        {
            return new([], list.Page - 1);
        }
    }

    private Sensitive? TokenFor<TReply>(V4Operation<TReply> operation)
    {
        try
        {
            return token();
        }
        catch (LinodeToolkitException) when (operation.Public)
        {
            return null;
        }
    }

    private static TReply Read<TReply>(ApiCall call, V4Operation<TReply> operation, HttpAnswer answer)
    {
        if (operation.Reply is null)
        {
            return default!;
        }

        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, operation.Reply) ?? throw new JsonException("the body is null");
        }
        catch (JsonException exception)
        {
            throw Refusals.Unreadable(call, answer, exception);
        }
    }
}
