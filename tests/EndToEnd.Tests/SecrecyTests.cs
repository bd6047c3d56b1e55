using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What must never be seen, with everything said that can be said.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task No_secret_is_printed_or_kept_in_the_open_and_every_file_is_its_owners_alone()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment.Remove("LINODETOOL_TOKEN");
        const string Password = "correct-horse-battery-staple-47";
        (await desk.ShellAsync($"printf '%s' '{desk.Token}' | linodetool secret set personal-token -")).Ended(0);
        (await desk.ShellAsync($"printf '%s' '{Password}' | linodetool secret set default-root-password -")).Ended(0);
        (await desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/key && linodetool secret set default-root-ssh-public-key ~/key.pub")).Ended(0);
        desk.WritePlan("plan.yaml", 3);
        var material = (await File.ReadAllTextAsync(desk.At("key.pub"))).Split(' ')[1];

        var made = (await desk.RunAsync("cluster", "create", "web", "plan.yaml", "--debug", "-vv", "--events", "events.jsonl")).Ended(0);

        string[] secrets = [desk.Token, Password, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(desk.Token)), material];
        Assert.Contains("POST", made.Error); // the calls were really told
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, made.Out + made.Error));
        var store = Path.Combine(desk.Kept, "data", "secrets");
        var elsewhere = Directory.EnumerateFiles(desk.Kept, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(store, StringComparison.Ordinal)).Append(desk.At("events.jsonl")).ToList();
        Assert.Contains(elsewhere, file => file.EndsWith("inventory.db", StringComparison.Ordinal));
        Assert.Contains(elsewhere, file => file.EndsWith("log.txt", StringComparison.Ordinal));
        Assert.All(elsewhere, file => Assert.All(secrets, secret => Assert.DoesNotContain(secret, ReadLatin(file))));
        AssertPrivate(Path.Combine(desk.Kept, "data"));
        AssertPrivate(Assert.Single(Directory.EnumerateDirectories(Path.Combine(desk.Kept, "state", "runs"))));
    }

    [Fact]
    public async Task A_stored_secret_is_shown_only_when_asked_to()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("secret", "set", "web/api", "s3cret-value")).Ended(0);
        desk.Expose(
            leak => leak.Contains("standard output of linodetool secret get web/api --reveal", StringComparison.Ordinal), "it was asked for, aloud");

        Assert.DoesNotContain("s3cret-value", (await desk.RunAsync("secret", "get", "web/api")).Ended(0).Out);
        Assert.DoesNotContain("s3cret-value", (await desk.RunAsync("secret", "list", "-o", "json")).Ended(0).Out);
        Assert.Equal("s3cret-value", (await desk.RunAsync("secret", "get", "web/api", "--reveal")).Ended(0).Out.Trim());
    }

    [Fact]
    public async Task A_private_key_given_for_a_public_one_is_not_stored()
    {
        await using var desk = await Desk.SitDownAsync();

        var refused = (await desk.ShellAsync(
            "ssh-keygen -q -t ed25519 -N '' -C '' -f ~/key && linodetool secret set default-root-ssh-public-key ~/key")).Ended(2);

        Assert.Contains("error LCT1021: ", refused.Error);
        Assert.Contains("key.pub", refused.Error);
        Assert.Equal(new JsonArray().ToJsonString(), (await desk.RunAsync("secret", "list", "-o", "json")).Ended(0).Out.Trim());
    }

    // One character a byte: finds a secret in a database as in a text.
    private static string ReadLatin(string file) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));

    private static void AssertPrivate(string folder)
    {
        const UnixFileMode File0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Folder0700 = File0600 | UnixFileMode.UserExecute;
        Assert.All(
            Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder),
            one => Assert.True(File.GetUnixFileMode(one) == Folder0700, $"{one}: {File.GetUnixFileMode(one)}"));
        Assert.All(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories),
            one => Assert.True(File.GetUnixFileMode(one) == File0600, $"{one}: {File.GetUnixFileMode(one)}"));
    }
}
