using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using Polly.Timeout;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Words for calls that were tried again and still came to nothing.</summary>
internal static class VaultFailures
{
    public static Problem Of(string call, string host, Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
            "LCT7225", $"no trusted connection to the Vault at {host}", call, exception.InnerException?.Message ?? exception.Message,
            ["name the file of its certificate authority, if it has one of its own", "check this machine's clock and the host's name"]),
        TimeoutRejectedException => Unreached(call, host, "no answer came in 30 seconds, several times"),
        _ => Unreached(call, host, exception.Message),
    };

    public static Problem Of(string call, string host, VaultAnswer answer) => answer.Status switch
    {
        429 => new(
            "LCT7228", "the Vault asks for fewer requests", call, Patience(answer),
            ["try again later", "raise its rate limit quota, or do less at once"])
        { Retryable = true },
        503 when answer.Said.Contains("sealed", StringComparison.OrdinalIgnoreCase) => new(
            "LCT7226", $"the Vault at {host} is sealed", call, answer.Said, ["have it unsealed: vault operator unseal", "then try again"])
        { Retryable = true },
        472 or 473 => Standby(call, host, answer),
        500 or 503 when answer.Said.Contains("standby", StringComparison.OrdinalIgnoreCase)
            || answer.Said.Contains("not active", StringComparison.OrdinalIgnoreCase) => Standby(call, host, answer),
        _ => new(
            "LCT7229", $"the Vault at {host} fails", call,
            $"it answered {answer.Status}{(answer.Said.Length > 0 ? $": {answer.Said}" : "")}, several times",
            ["try again later", "look at its own log"])
        { Retryable = true },
    };

    private static Problem Unreached(string call, string host, string why) => new(
        "LCT7224", $"no answer from the Vault at {host}", call, why,
        ["check its address and that it runs", "check the network, proxy and firewall"])
    { Retryable = true };

    private static Problem Standby(string call, string host, VaultAnswer answer) => new(
        "LCT7227", $"the node of the Vault at {host} is a standby", call, answer.Said.Length > 0 ? answer.Said : $"it answered {answer.Status}",
        ["give the address of the active node, or of what stands before all of them", "try again when one is active"])
    { Retryable = true };

    private static string Patience(VaultAnswer answer) => answer.RetryAfter is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"it would have the next one in {wait.TotalSeconds:0} seconds")
        : "it refused several times";
}
