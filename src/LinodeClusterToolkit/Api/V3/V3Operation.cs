using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>A call of API v3 as a value: action, parameters and type of the answer. <see cref="LinodeV3Client"/> sends it.</summary>
/// <remarks>A call this library lacks is one record of your own that derives from this.</remarks>
/// <typeparam name="TReply">What <c>DATA</c> is read as; <see cref="V3NoReply"/> where it says nothing.</typeparam>
public abstract record V3Operation<TReply>
{
    /// <summary>Says what is sent and how the answer is read.</summary>
    /// <param name="action">Name of the action, e.g. <c>linode.boot</c>.</param>
    /// <param name="effect">What it does.</param>
    /// <param name="reply">How to read <c>DATA</c>, names without regard to case; null leaves it unread.</param>
    /// <param name="parameters">What it is given, or null.</param>
    protected V3Operation(string action, V3Effect effect, JsonTypeInfo<TReply>? reply, V3Parameters? parameters = null) =>
        (Action, Effect, Reply, Parameters) = (action, effect, reply, parameters ?? []);

    /// <summary>Name of the action, e.g. <c>linode.boot</c>.</summary>
    public string Action { get; }

    /// <summary>What it does.</summary>
    public V3Effect Effect { get; }

    /// <summary>How <c>DATA</c> is read; null leaves it unread.</summary>
    public JsonTypeInfo<TReply>? Reply { get; }

    /// <summary>What the action is given.</summary>
    public V3Parameters Parameters { get; }

    /// <summary>True where sending it twice has the effect of sending it once; such a call is sent again when its answer got lost.</summary>
    public virtual bool Repeatable => Effect != V3Effect.Makes;

    /// <summary>True where it may travel in one request with calls made at the same time.</summary>
    public virtual bool Gathers => true;

    /// <summary>True where the API answers without a key too.</summary>
    public virtual bool Public => false;

    internal virtual bool TakesKey => true;

    /// <summary>Name of the action; never a parameter, which may be a secret.</summary>
    public sealed override string ToString() => Action;
}

/// <summary>The answer of a call whose <c>DATA</c> says nothing.</summary>
public readonly record struct V3NoReply;
