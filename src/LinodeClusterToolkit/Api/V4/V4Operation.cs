using System.Text.Json.Serialization.Metadata;
using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>A call as a value: method, path, body and type of the answer. <see cref="LinodeV4Client"/> sends it.</summary>
/// <remarks>A call this library lacks is one record of your own that derives from this.</remarks>
/// <typeparam name="TReply">What the answer is read as; <see cref="NoReply"/> where its body says nothing.</typeparam>
public abstract record V4Operation<TReply>
{
    /// <summary>Says what is sent and how the answer is read.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path below <c>/v4/</c>, written as an interpolated string.</param>
    /// <param name="reply">How to read the answer; null leaves it unread.</param>
    /// <param name="body">What to send, or null.</param>
    protected V4Operation(HttpMethod method, V4Path path, JsonTypeInfo<TReply>? reply, JsonBody? body = null) =>
        (Method, Path, Reply, Body) = (method, path.ToString(), reply, body);

    /// <summary>HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>Encoded path below <c>/v4/</c>, without query.</summary>
    public string Path { get; }

    /// <summary>How the answer is read; null leaves it unread.</summary>
    public JsonTypeInfo<TReply>? Reply { get; }

    /// <summary>What is sent, or null.</summary>
    public JsonBody? Body { get; }

    /// <summary>The rate limit it counts against.</summary>
    public virtual LimitClass Limit => LimitClass.Other;

    /// <summary>True where sending it twice has the effect of sending it once; such a call is sent again when its answer got lost.</summary>
    public virtual bool Repeatable => Method != HttpMethod.Post;

    /// <summary>True where the API answers without a token too.</summary>
    public virtual bool Public => false;

    internal virtual string Query => "";

    internal virtual string? FilterHeader => null;

    /// <summary>Method and path; never the body, which may hold secrets.</summary>
    public sealed override string ToString() => $"{Method} {Path}";
}

/// <summary>The answer of a call whose body says nothing.</summary>
public readonly record struct NoReply;
