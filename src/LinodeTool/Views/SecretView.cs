using System.Globalization;
using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class SecretView
{
    public static Shape<SecretDocument> Shape => new(ToolJson.Default.SecretDocument, secret => secret.Name,
        [new("name", secret => secret.Name), new("value", secret => secret.Value ?? "***")]);

    /// <summary>One that was just made.</summary>
    public static Shape<SecretDocument> Made => new(ToolJson.Default.SecretDocument, secret => secret.Name,
        [new("name", secret => secret.Name), new("public_key", secret => secret.PublicKey ?? "")]);

    /// <summary>What became of one that was to be moved.</summary>
    public static Shape<MovedSecretDocument> Moved => new(ToolJson.Default.MovedSecretDocument, moved => moved.Name,
        [new("name", moved => moved.Name), new("move", moved => moved.Move), new("deleted", moved => moved.Deleted ? "yes" : "no")]);

    /// <summary>Where one stands that should not.</summary>
    public static Shape<SecretTraceDocument> Trace => new(ToolJson.Default.SecretTraceDocument, trace => trace.Place,
        [new("secret", trace => trace.Secret), new("place", trace => trace.Place), new("at", trace => trace.At.ToString(CultureInfo.InvariantCulture))]);
}
