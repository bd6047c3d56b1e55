using System.Diagnostics;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Machines;

/// <summary>Where secrets are, and where they never are.</summary>
[Collection("machines")]
public sealed class SecretTests(Fleet fleet, ITestOutputHelper output)
{
    [MachinesFact]
    public async Task No_process_ever_showed_a_secret_in_its_arguments_or_its_environment()
    {
        output.WriteLine($"{fleet.Watched.Rounds} looks at every process for {fleet.Watched.Secrets.Count} secrets");
        Assert.True(fleet.Watched.Rounds > 50, $"looked {fleet.Watched.Rounds} times only");
        Assert.True(fleet.Watched.Secrets.Count >= 2 + (2 * Fleet.All.Length), string.Join('\n', fleet.Watched.Secrets.Keys));
        Assert.Empty(fleet.Watched.Found);

        // The watch would have seen one.
        var decoys = new Dictionary<string, string> { ["an argument"] = "47.4711", ["a variable"] = "a-decoy-in-the-environment" };
        await using var watch = new SecretWatch("/nowhere", decoys);
        foreach (var (program, arguments) in new[] { ("sleep", "47.4711"), ("env", "DECOY=a-decoy-in-the-environment sleep 30") })
        {
            using var careless = Process.Start(program, arguments);
            await Fleet.UntilAsync(
                () => Task.FromResult(watch.Found.Any(found => found.Contains($" of {careless.Id} ", StringComparison.Ordinal))), "it is seen");
            careless.Kill();
        }
    }

    [MachinesFact]
    public void No_secret_is_printed_logged_or_recorded()
    {
        Assert.Empty(fleet.Desk.Search().Found); // said here as well: what a fleet ends with is nobody's test
        var store = fleet.At("secrets");
        var elsewhere = Directory.EnumerateFiles(fleet.Desk.Kept, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(store, StringComparison.Ordinal)).Append(fleet.Desk.At("events.jsonl")).ToList();
        Assert.Contains(elsewhere, file => file.EndsWith("inventory.db", StringComparison.Ordinal));
        Assert.Contains(elsewhere, file => file.EndsWith("log.txt", StringComparison.Ordinal));
        var texts = elsewhere.Select(file => (file, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))) // finds text in a database too
            .Append(("standard output", fleet.Made.Out)).Append(("standard error", fleet.Made.Error));
        Assert.Empty(from text in texts
                     from secret in fleet.Watched.Secrets
                     where text.Item2.Contains(secret.Value, StringComparison.Ordinal)
                     select $"{secret.Key} in {text.Item1}");
    }

    [MachinesFact]
    public void Files_of_secrets_are_their_owners_alone()
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var folder in new[] { "secrets", "ssh" }.Select(fleet.At))
        {
            Assert.All(
                Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => Assert.True(File.GetUnixFileMode(file) == Owner, file));
            Assert.All(
                Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder),
                one => Assert.True(File.GetUnixFileMode(one) == (Owner | UnixFileMode.UserExecute), one));
        }
    }
}
