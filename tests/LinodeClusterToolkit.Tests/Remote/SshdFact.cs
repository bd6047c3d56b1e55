namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>A test against a real SSH server; skipped, with a word on how to get one, where its program is not installed.</summary>
public sealed class SshdFactAttribute : FactAttribute
{
    public SshdFactAttribute() => Skip = Program is null ? "no sshd here; apt-get install openssh-server" : null;

    public static string? Program { get; } = new[] { "/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/libexec/sshd" }.FirstOrDefault(File.Exists);
}
