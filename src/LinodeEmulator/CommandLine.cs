using System.Globalization;
using System.Text.RegularExpressions;
using LinodeEmulator.Faults;
using LinodeEmulator.Hosts;
using LinodeEmulator.Limits;
using LinodeEmulator.Time;

namespace LinodeEmulator;

/// <summary>The program's options.</summary>
internal static partial class CommandLine
{
    public const string Usage = """
        linode-emulator: a local double of the Linode API: v4 at /v4, and v3 at / with api_action, on the same cloud

          --port N            port on 127.0.0.1; 0 takes a free one (0)
          --seed N            what durations and chances are drawn from (1)
          --latency L         real | fast | none (real)
          --limits L          documented | none, then any of ,CLASS=COUNT/SECONDS[+COUNT/SECONDS] (documented)
                              classes: general list create-linode create-volume list-images list-stackscripts stats
                              v3 v3-add-linode
          --v3-unknown-linode E
                              what linode.list of v3 answers for a Linode that is not there: empty | error (empty)
          --catalogue C       both | today | 2017 (both)
          --state DIR         keep the cloud there and come back with it
          --account NAME[=T]  an account of its own, reached by the token T, or NAME where none is given; may be repeated
          --token T[=SCOPES]  a token with these scopes, or =revoked, or =restricted; may be repeated
          --oauth ID=SECRET=REFRESH[=SECONDS]
                              an application whose tokens /oauth/token renews, and how long each is good (7200)
          --fault SPEC        something that goes wrong, or a mixture of it (see below); may be repeated
          --clock C           real | virtual (real)
          --hosts H           records | machines | auto: nodes as records, or as real Debian systems, which needs
                              Linux and root (records)
          --packages P,Q      what Debian packages real systems have beside the usual ones
          --help              this text

        linode-emulator prepare [--packages P,Q] builds the root filesystem of real systems beforehand.

        Any bearer token that is not named is good for everything, and as a key of v3 too. With --account it is not: each
        account has a cloud, ids, events, limits and faults of its own, is kept in DIR/NAME, and the token says whose a
        request is; --token and --oauth belong to the --account before them; faults are those of each; nodes are records.
        /_emulator/status, requests, counters, faults and reset are of all accounts, or of one by ?account=NAME.

        A fault is
          EFFECT[=VALUE] [on METHOD PATH] [label=GLOB] [nth=N] [times=N] [chance=P]
        such as 'delay=5s on GET /linode/instances/*', 'cut-after on POST /linode/instances nth=3', 'quota=50'. An action of v3
        is a path too, whatever its method and also within a batch: 'failed-boot on * /v3/linode.boot'. Effects:
          delay=TIME                     the answer comes later
          408 429[=TIME] 429-html        refused; TIME is the Retry-After
          500 502 503 maintenance        fails
          cut-before cut-after           the connection breaks, before or after the work was done
          busy                           work on a Linode or volume: 'Linode busy.' though it is not (v4)
          slow-boot=N slow-job=N         boots, or all other work, take N times as long
          endless-boot failed-boot       boots never end, or fail
          ssh-late=TIME                  port 22 drops what comes for TIME after each boot (no effect on records)
          host-gone                      the host is lost once the Linode has booted
          disk-full                      disks made from an image are nearly full (no effect on records)
          attach-refused                 volumes are not attached, nor made where they would be
          quota=N volume-quota=N         the account may have no more than N
          sold-out[=REGION]              no new Linodes there, or anywhere
          console=ACTION                 somebody does it in the console, some time after the Linode was made:
                                         delete shutdown reboot relabel retag unfirewall detach
        A chance is drawn from the seed and from what is asked for, not from the order in which it is; for boots that
        never end, late SSH, lost hosts and the console once for each label. A whole mixture is
          bad-day[=SEED]
        which comes to the rules that /_emulator/faults shows. When faults are lifted (DELETE /_emulator/faults), boots
        that would never have ended end well, SSH answers, lost hosts are there again, nobody comes to the console.
        """;

    /// <summary>Reads the options.</summary>
    /// <exception cref="FormatException">They are not understood; the message says why.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> words)
    {
        // The seed comes first, wherever it stands: what is drawn from it depends on it.
        var options = Pairs(words).OrderBy(pair => pair.Name == "--seed" ? 0 : 1).Aggregate(
            new EmulatorOptions(), (options, pair) => With(options, pair.Name, pair.Value));
        return EmulatedAccounts.Wrong(options) is { } wrong ? throw new FormatException(wrong) : options;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            yield return words[at].StartsWith("--", StringComparison.Ordinal) && words[at].IndexOf('=') is var sign and > 0
                ? (words[at][..sign], words[at][(sign + 1)..])
                : (words[at], at + 1 < words.Count ? words[++at] : throw new FormatException($"{words[at]} needs a value"));
        }
    }

    private static EmulatorOptions With(EmulatorOptions options, string name, string value) => name switch
    {
        "--port" => options with { Port = (int)Number(name, value, 65535) },
        "--seed" => options with { Seed = Number(name, value, long.MaxValue) },
        "--latency" => options with { Latency = Latency(value) },
        "--limits" => options with { Limits = Limits(value) },
        "--v3-unknown-linode" => options with { V3RefusesUnknownLinode = Choice(name, value, ("empty", false), ("error", true)) },
        "--catalogue" => options with { Catalogue = Catalogue(value) },
        "--state" => options with { StateDirectory = Path.GetFullPath(value) },
        "--account" => options with { Accounts = [.. options.Accounts, Account(value)] },
        "--oauth" => options with { OauthClients = [.. options.OauthClients, OauthClient(value) with { Account = Owner(options) }] },
        "--token" => options with { Tokens = [.. options.Tokens, Token(value) with { Account = Owner(options) }] },
        "--fault" => options with { Faults = [.. options.Faults, .. FaultSpec.ParseAll(value, options.Seed)] },
        "--clock" => options with { Clock = Choice(name, value, ("real", TimeProvider.System), ("virtual", new VirtualClock())) },
        "--hosts" => options with { Hosts = Choice(name, value, [.. HostKinds.Names.Select(kind => (kind, kind))]) },
        "--packages" => options with { MachinePackages = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
        _ => throw new FormatException($"'{name}' is no option"),
    };

    private static LatencyProfile Latency(string value) =>
        Choice("--latency", value, ("real", LatencyProfile.Real), ("fast", LatencyProfile.Fast), ("none", LatencyProfile.None));

    private static CatalogueChoice Catalogue(string value) =>
        Choice("--catalogue", value, ("both", CatalogueChoice.Both), ("today", CatalogueChoice.Today), ("2017", CatalogueChoice.Beta2017));

    private static T Choice<T>(string name, string value, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        foreach (var choice in choices)
        {
            if (choice.Name == value)
            {
                return choice.Value;
            }
        }

        throw new FormatException($"{name} cannot be '{value}'");
    }

    private static long Number(string name, string value, long most) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException($"{name} should be a whole number up to {most}, not '{value}'");

    // A token or an application belongs to the account before it.
    private static string? Owner(EmulatorOptions options) => options.Accounts.LastOrDefault()?.Name;

    private static EmulatorAccount Account(string value) =>
        value.IndexOf('=') is var sign and >= 0 ? new(value[..sign], value[(sign + 1)..]) : new(value, value);

    private static EmulatorToken Token(string value)
    {
        var sign = value.IndexOf('=');
        var token = new EmulatorToken(sign < 0 ? value : value[..sign]);
        return (sign < 0 ? "*" : value[(sign + 1)..]) switch
        {
            "revoked" => token with { Revoked = true },
            "restricted" => token with { Restricted = true },
            var scopes => token with { Scopes = scopes },
        };
    }

    private static EmulatorOauthClient OauthClient(string value) => value.Split('=') switch
    {
        [var id, var secret, var refresh] => new(id, secret, refresh),
        [var id, var secret, var refresh, var life] => new(id, secret, refresh) { Life = TimeSpan.FromSeconds(Number("--oauth", life, 1_000_000)) },
        _ => throw new FormatException($"an application is ID=SECRET=REFRESH[=SECONDS], not '{value}'"),
    };

    private static RateLimits Limits(string value)
    {
        var parts = value.Split(',');
        var limits = Choice("--limits", parts[0], ("documented", RateLimits.Documented), ("none", RateLimits.None));
        return parts[1..].Aggregate(limits, (all, part) => part.Split('=') is [var name, var windows]
            ? all.With(Class(name), windows.Split('+').Select(Window))
            : throw new FormatException($"a limit is CLASS=COUNT/SECONDS, not '{part}'"));
    }

    private static LimitClass Class(string name) => Choice(
        "a limit's class",
        name,
        ("general", LimitClass.General),
        ("list", LimitClass.List),
        ("create-linode", LimitClass.CreateLinode),
        ("create-volume", LimitClass.CreateVolume),
        ("list-images", LimitClass.ListImages),
        ("list-stackscripts", LimitClass.ListStackScripts),
        ("stats", LimitClass.Stats),
        ("v3", LimitClass.V3),
        ("v3-add-linode", LimitClass.V3AddLinode));

    private static LimitWindow Window(string text) => WindowForm().Match(text) is { Success: true } form
        ? new LimitWindow(
            int.Parse(form.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(int.Parse(form.Groups[2].ValueSpan, CultureInfo.InvariantCulture)))
        : throw new FormatException($"a window is COUNT/SECONDS such as 20/15, not '{text}'");

    [GeneratedRegex("^([1-9][0-9]{0,8})/([1-9][0-9]{0,6})s?$")]
    private static partial Regex WindowForm();
}
