using LinodeEmulator.Faults;
using LinodeEmulator.Limits;

namespace LinodeEmulator;

/// <summary>How long the platform's work takes.</summary>
public enum LatencyProfile
{
    /// <summary>As long as was measured on the platform.</summary>
    Real,

    /// <summary>A fiftieth of that.</summary>
    Fast,

    /// <summary>No time at all: what a request starts is done when the next one comes.</summary>
    None,
}

/// <summary>Which regions, types and images there are.</summary>
public enum CatalogueChoice
{
    /// <summary>Today's, and with them the retired public images, marked as deprecated.</summary>
    Both,

    /// <summary>Today's alone.</summary>
    Today,

    /// <summary>Those of the 2017 beta.</summary>
    Beta2017,
}

/// <summary>A token of its own kind; every other token is taken, with all scopes.</summary>
public sealed record EmulatorToken(string Token)
{
    /// <summary>Its scopes, such as <c>linodes:read_only events:read_only</c>, or <c>*</c>.</summary>
    public string Scopes { get; init; } = "*";

    /// <summary>Refused as not valid.</summary>
    public bool Revoked { get; init; }

    /// <summary>Of a user without any grants: may look, but not make, change or delete.</summary>
    public bool Restricted { get; init; }

    /// <summary>Name of the account whose token it is, where there are several.</summary>
    public string? Account { get; init; }
}

/// <summary>One of several accounts behind one address: what a request is about is told by its token.</summary>
/// <param name="Name">Its name, for the control plane, the log and the folder it is kept in.</param>
/// <param name="Token">A token that is good for everything in it.</param>
public sealed record EmulatorAccount(string Name, string Token);

/// <summary>An application that may have its token renewed at <c>/oauth/token</c>.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="Secret">Its client secret.</param>
/// <param name="Refresh">The first refresh token; each is good once, and the answer to it names the next.</param>
public sealed record EmulatorOauthClient(string Id, string Secret, string Refresh)
{
    /// <summary>How long a token is good for: two hours at Linode.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Name of the account that let it in, where there are several.</summary>
    public string? Account { get; init; }
}

/// <summary>How an emulator is to behave.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What durations and chances are drawn from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How long the platform's work takes.</summary>
    public LatencyProfile Latency { get; init; } = LatencyProfile.Real;

    /// <summary>The rate limits: <see cref="RateLimits.Documented"/>, <see cref="RateLimits.None"/>, or one of them with some classes
    /// changed.</summary>
    public RateLimits Limits { get; init; } = RateLimits.Documented;

    /// <summary>Which regions, types and images there are.</summary>
    public CatalogueChoice Catalogue { get; init; } = CatalogueChoice.Both;

    /// <summary>Whether <c>linode.list</c> of API v3 refuses to list a Linode that is not there: no source tells. Else the list is empty.</summary>
    public bool V3RefusesUnknownLinode { get; init; }

    /// <summary>Where the cloud is kept on disk; nowhere when null.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>What stands behind the nodes: <c>records</c>, <c>machines</c> (real systems; needs Linux and root), or <c>auto</c> for machines
    /// where they can be had.</summary>
    public string Hosts { get; init; } = "records";

    /// <summary>Debian packages that real machines have beside those that they come with.</summary>
    public IReadOnlyList<string> MachinePackages { get; init; } = [];

    /// <summary>The clock that the emulator lives by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The accounts, each with a cloud, events, limits and faults of its own. None: there is one, and any token is good for it.</summary>
    public IReadOnlyList<EmulatorAccount> Accounts { get; init; } = [];

    /// <summary>The tokens that are not plainly good for everything.</summary>
    public IReadOnlyList<EmulatorToken> Tokens { get; init; } = [];

    /// <summary>Applications that were let in by OAuth.</summary>
    public IReadOnlyList<EmulatorOauthClient> OauthClients { get; init; } = [];

    /// <summary>What goes wrong, from the start.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];
}
