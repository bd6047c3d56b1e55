using System.Text.Json;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Sends operations of the Linode API v3: gathers what is asked at the same time, repeats what may be repeated, explains failures.</summary>
/// <remarks>
/// Safe for use from many threads; one client an account is enough. Linode itself answers no v3 any more: it is for what speaks it still.
/// </remarks>
public sealed class LinodeV3Client : IDisposable
{
    private readonly Uri address;
    private readonly Func<Sensitive> key;
    private readonly V3Sender sender;
    private readonly V3Gatherer gatherer;
    private readonly IReadOnlyList<IDisposable> owned;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="LinodeToolkitException">The address is not safe, or the certificate authority's file cannot be read.</exception>
    public LinodeV3Client(V3Options options)
    {
        address = ApiAddress.Of(options.ApiUrl);
        key = options.Key;
        Time = options.Time;
        Counters = options.Counters ?? new CallCounters();
        var http = new HttpClient(options.Handler ?? ApiHandler.Create(options.CertificateAuthority), disposeHandler: options.Handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan, // the pipeline has its own, of one try
        };
        var limits = options.Limits ?? new AccountLimits(Time);
        var tries = new HttpSender(() => http, Counters, Time, options.HttpLog, V3Answer.Understand);
        var caller = new ApiCaller(tries, limits, options.Parallelism, Counters, Time);
        sender = new(caller, address, Time);
        gatherer = new(sender.SendAsync, Time);
        owned = options.Limits is null ? [caller, limits, http] : [caller, http];
    }

    /// <summary>What the calls have cost so far.</summary>
    public CallCounters Counters { get; }

    internal TimeProvider Time { get; }

    internal string Description => $"Linode API v3 at {address.GetLeftPart(UriPartial.Authority)}";

    /// <summary>Sends one operation and reads its answer; with others that are sent at the same time it travels in one request.</summary>
    /// <exception cref="LinodeApiException">It failed; <see cref="LinodeApiException.Failure"/> says how.</exception>
    public async Task<TReply> SendAsync<TReply>(V3Operation<TReply> operation, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new V3Request(operation.Action, operation.Parameters, operation.Effect, operation.Repeatable, KeyFor(operation));
        var item = new V3Item(request, cancellation);
        using var leaving = cancellation.UnsafeRegister(static self => ((V3Item)self!).GiveUp(), item);
        if (operation.Gathers)
        {
            gatherer.Add(item);
        }
        else
        {
            _ = sender.SendAsync([item]);
        }

        var answer = await item.Task.ConfigureAwait(false);
        return answer.IsSuccess ? Read(request, operation, answer) : throw V3Refusals.Explain(request, answer);
    }

    /// <summary>Ends waits and closes connections.</summary>
    public void Dispose()
    {
        foreach (var one in owned)
        {
            one.Dispose();
        }
    }

    private Sensitive? KeyFor<TReply>(V3Operation<TReply> operation)
    {
        try
        {
            return operation.TakesKey ? key() : null;
        }
        catch (LinodeToolkitException) when (operation.Public)
        {
            return null;
        }
    }

    private static TReply Read<TReply>(V3Request request, V3Operation<TReply> operation, V3Answer answer)
    {
        if (operation.Reply is null)
        {
            return default!;
        }

        try
        {
            return V3Data.Read(answer.Envelope!.Data, operation.Reply);
        }
        catch (JsonException exception)
        {
            throw V3Refusals.Unreadable(request, answer, exception);
        }
    }
}
