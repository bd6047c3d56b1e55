using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class SecretView
{
    public static Shape<SecretDocument> Shape => new(ToolJson.Default.SecretDocument, secret => secret.Name,
        [new("name", secret => secret.Name), new("value", secret => secret.Value ?? "***")]);
}
