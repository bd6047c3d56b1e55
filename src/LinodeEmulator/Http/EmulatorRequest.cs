namespace LinodeEmulator.Http;

/// <summary>A request as the emulator sees it, whatever carried it here. <c>Path</c> is still percent-encoded: ids such as <c>linode%2Fdebian12</c>
/// are one segment.</summary>
internal sealed record EmulatorRequest(string Method, string Path, string Query, string? Authorization, string? Filter, ReadOnlyMemory<byte> Body)
{
    public string? ContentType { get; init; }

    /// <summary>The address that it was sent to, without a path.</summary>
    public string Base { get; init; } = "http://emulator.invalid";
}
