namespace LinodeClusterToolkit.Secrets;

/// <summary>The value of a secret, in some form, outside its store.</summary>
/// <param name="Secret">Name of the secret.</param>
/// <param name="Place">The file, or the process as <c>process 17 (name)</c>.</param>
/// <param name="At">How many bytes of it stand before.</param>
public sealed record SecretTrace(string Secret, string Place, long At);

/// <summary>What looking for the values of all secrets came to.</summary>
/// <param name="Secrets">How many were looked for.</param>
/// <param name="Files">In how many files.</param>
/// <param name="Bytes">How much that was.</param>
/// <param name="Processes">In the command lines of how many processes.</param>
/// <param name="Traces">Where they were found; the first place in each file for each secret.</param>
/// <param name="TooShort">Names of secrets of fewer than six characters: they stand anywhere by chance, and were not looked for.</param>
/// <param name="Unread">Files that could not be read.</param>
public sealed record SecretAudit(
    int Secrets, int Files, long Bytes, int Processes, IReadOnlyList<SecretTrace> Traces, IReadOnlyList<string> TooShort, IReadOnlyList<string> Unread)
{
    /// <summary>Files of private keys that exports wrote on request where the toolkit keeps its data; they are no traces.</summary>
    public IReadOnlyList<string> Exported { get; init; } = [];
}
