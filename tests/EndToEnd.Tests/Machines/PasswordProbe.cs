using System.Collections.Concurrent;

namespace EndToEnd.Tests.Machines;

/// <summary>Asks every machine, as several users and as long as it lives, to be let in by a password; keeps what the machines offered
/// instead.</summary>
internal sealed class PasswordProbe : IAsyncDisposable
{
    private const string Offer = "Authentications that can continue: ";
    private static readonly string[] Users = ["root", "lctadmin", "deploy"];
    private readonly CancellationTokenSource end = new();
    private readonly Task asking;

    public PasswordProbe(Cloud cloud) => asking = AskAsync(cloud);

    /// <summary>By node and user, the ways in that were offered, and how often.</summary>
    public ConcurrentDictionary<(string Node, string User, string Ways), int> Offers { get; } = new();

    /// <summary>The ways in that a machine offers to who wants to give a password.</summary>
    public static async Task<IReadOnlyList<string>> OffersOfAsync(string address, string user)
    {
        var said = await Program.RunAsync(
            "ssh", "-v", "-F", "/dev/null", "-o", "PreferredAuthentications=password,keyboard-interactive,none", "-o", "PubkeyAuthentication=no",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "NumberOfPasswordPrompts=1", "-o", "ConnectTimeout=1", "-o",
            "BatchMode=no", $"{user}@{address}", "true");
        Assert.NotEqual(0, said.Code);
        return [.. said.Error.Split('\n').Select(line => line.Split(Offer)).Where(parts => parts.Length == 2).Select(parts => parts[1].Trim())];
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await asking;
        end.Dispose();
    }

    private async Task AskAsync(Cloud cloud)
    {
        var each = new Dictionary<string, Task>();
        while (!end.IsCancellationRequested)
        {
            foreach (var machine in (await cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray())
            {
                var label = (string)machine!["label"]!;
                if (!each.ContainsKey(label))
                {
                    each[label] = AskAsync(label, (string)machine["addresses"]![0]!);
                }
            }

            await Task.Delay(100);
        }

        await Task.WhenAll(each.Values);
    }

    // As soon as it answers at all, and then every other second.
    private async Task AskAsync(string label, string address)
    {
        while (!end.IsCancellationRequested)
        {
            var answered = false;
            foreach (var user in Users)
            {
                foreach (var ways in await OffersOfAsync(address.Split('/')[0], user))
                {
                    answered = true;
                    Offers.AddOrUpdate((label, user, ways), 1, (_, count) => count + 1);
                }

                if (!answered)
                {
                    break;
                }
            }

            await Task.Delay(answered ? 2000 : 100);
        }
    }
}
