using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>An operation without the type of its answer, with the key it is sent with.</summary>
internal sealed record V3Request(string Action, V3Parameters Parameters, V3Effect Effect, bool Repeatable, Sensitive? Key)
{
    public bool OnlyLooks => Effect == V3Effect.Looks;

    /// <summary>As the pipeline takes it, alone.</summary>
    public ApiCall ToCall(Uri address) => Call(address, Action, Repeatable, OnlyLooks, () => V3Form.Plain(this));

    public static ApiCall Call(Uri address, string action, bool repeatable, bool onlyLooks, Func<byte[]> form) =>
        new(HttpMethod.Post, action, address, CallBody.Form(form), Filter: null, repeatable, Token: null)
        {
            Name = action, Limit = LimitClass.V3, OnlyLooks = onlyLooks,
        };

    /// <summary>The text with <c>***</c> in place of key and secrets, should the API repeat them.</summary>
    public string Masked(string text)
    {
        var mask = new Redactor();
        foreach (var secret in Key is null ? Parameters.Secrets : Parameters.Secrets.Append(Key))
        {
            mask.Add(secret);
        }

        return mask.Redact(text);
    }

    public override string ToString() => Action;
}
