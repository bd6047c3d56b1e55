using System.Text;

namespace EndToEnd.Tests.Leaks;

/// <summary>Values of secrets that stand nowhere else in the world, with the signs that JSON, YAML, shells, URLs and base64 change.</summary>
internal static class Canaries
{
    private const string Signs = "'\"\\/$`&<>%41+=?#{}[]|;:*!~^,@";

    /// <summary>A value for each name; tokens can hold no blanks.</summary>
    public static IReadOnlyDictionary<string, string> Make() => new Dictionary<string, string>
    {
        ["personal-token"] = $"canary-token-{Mark()}",
        ["api-key"] = $"canary-{Mark()}{Signs}{Mark()}",
        ["oauth-token"] = $"canary-{Mark()}{Signs}{Mark()}",
        ["oauth-client-id"] = $"canary-{Mark()}+/={Mark()}",
        ["oauth-client-secret"] = $"canary-{Mark()}%2B%27{Mark()}",
        ["default-root-password"] = $"Canary {Mark()} {Signs} {Mark()}",
        ["free/plain"] = $"canary-{Mark()}",
        ["free/signs"] = $"{Mark()} it's a {Signs} canary {Mark()}",
        ["free/words"] = $"{Mark()}: ünïcödé {{{{ not_a_template }}}} - ??>>~~~ {Mark()}",
        ["free/lines"] = $"first {Mark()} {Signs}\nsecond: '{Mark()}' \"x\"\n\tthird {Mark()}",
        ["free/long"] = string.Concat(Enumerable.Range(0, 20).Select(_ => $"{Mark()}+/")),
        ["free/script"] = $"{Mark()}-canary'of$a\"script\\{Mark()}",
        ["free/boot"] = $"{Mark()} canary's of every \"boot\" {Mark()}",
        ["free/book"] = $"{Mark()} canary's of {{{{ a }}}} \"book\": {Mark()}",
        ["free/never-used"] = $"{Mark()}{Mark()}",
    };

    /// <summary>Puts them into the store by a file that goes, and by the environment.</summary>
    public static async Task StoreAsync(Desk desk, IReadOnlyDictionary<string, string> canaries)
    {
        foreach (var (name, value) in canaries)
        {
            desk.Hide(name, value);
            desk.Write("given", value);
            if (name.StartsWith("free", StringComparison.Ordinal))
            {
                (await desk.RunAsync("secret", "set", name, "--from-file", "given")).Ended(0);
            }
            else
            {
                (await desk.ShellAsync($"VALUE=\"$(cat given)\" && export VALUE && linodetool secret set {name} --from-env VALUE")).Ended(0);
            }

            File.Delete(desk.At("given"));
        }
    }

    /// <summary>All their disguises, and both ends of each: half a secret is one too.</summary>
    public static Needles Needles(IReadOnlyDictionary<string, string> canaries)
    {
        var needles = new Needles();
        foreach (var (name, value) in canaries)
        {
            needles.Add(name, value);
            foreach (var line in value.Split('\n'))
            {
                foreach (var mark in System.Text.RegularExpressions.Regex.Matches(line, "x[0-9a-f]{11}z").Select(match => match.Value))
                {
                    needles.Add(name, "in part", mark);
                    needles.Add(name, "in part, as hex", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(mark)));
                }
            }
        }

        return needles;
    }

    private static string Mark() => $"x{Guid.NewGuid().ToString("N")[..11]}z";
}
