using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>Policies: paths, exact or with a star at the end or a plus for a part, and what may be done there; the longest that fits counts.</summary>
internal sealed partial class DoublePolicies
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal)
    {
        ["root"] = "",
        ["default"] = """
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "auth/token/revoke-self" { capabilities = ["update"] }
            path "sys/wrapping/wrap" { capabilities = ["update"] }
            path "sys/wrapping/lookup" { capabilities = ["update"] }
            path "sys/wrapping/unwrap" { capabilities = ["update"] }
            """,
    };

    public IReadOnlyList<string> Names => [.. texts.Keys.Order(StringComparer.Ordinal)];

    public string? Text(string name) => texts.GetValueOrDefault(name);

    public void Write(string name, string text) => texts[name] = text;

    public void Delete(string name) => texts.Remove(name);

    public bool Allows(DoubleToken token, string path, string capability) =>
        token.Policies.Contains("root")
        || (from name in token.Policies
            from Match rule in Rule().Matches(texts.GetValueOrDefault(name, ""))
            where Fits(rule.Groups[1].Value, path)
            orderby rule.Groups[1].Value.Length descending
            select rule.Groups[2].Value).FirstOrDefault() is { } allowed
        && !allowed.Contains("\"deny\"") && allowed.Contains($"\"{capability}\"");

    private static bool Fits(string rule, string path) => Regex.IsMatch(
        path, $"^{Regex.Escape(rule.TrimEnd('*')).Replace(@"\+", "[^/]+")}{(rule.EndsWith('*') ? "" : "$")}");

    [GeneratedRegex("""path\s+"([^"]+)"\s*\{[^}]*?capabilities\s*=\s*\[([^\]]*)\]""")]
    private static partial Regex Rule();
}
