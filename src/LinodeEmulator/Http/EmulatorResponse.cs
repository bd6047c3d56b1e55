namespace LinodeEmulator.Http;

/// <summary>An answer before a transport has it. <c>Cut</c> means: break the connection instead of answering.</summary>
internal sealed record EmulatorResponse(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool Cut { get; init; }
}
