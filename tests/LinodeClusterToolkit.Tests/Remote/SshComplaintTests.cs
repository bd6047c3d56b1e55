using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>What ssh prints, as seen from 8.7 on, and the stage it stands for.</summary>
public sealed class SshComplaintTests
{
    [Theory]
    [InlineData("ssh: connect to host 192.0.2.1 port 22: Connection timed out", RemoteStage.NoRoute)]
    [InlineData("ssh: connect to host 192.0.2.1 port 22: No route to host", RemoteStage.NoRoute)]
    [InlineData("ssh: connect to host 2001:db8::1 port 22: Network is unreachable", RemoteStage.NoRoute)]
    [InlineData("ssh: Could not resolve hostname web-1: Name or service not known", RemoteStage.NoRoute)]
    [InlineData("ssh: connect to host 127.0.0.1 port 2222: Connection refused", RemoteStage.Refused)]
    [InlineData("channel 0: open failed: connect failed: Connection refused\nConnection closed by UNKNOWN port 65535", RemoteStage.Refused)]
    [InlineData("Connection timed out during banner exchange\nConnection to 127.0.0.1 port 22 timed out", RemoteStage.NoBanner)]
    [InlineData("kex_exchange_identification: read: Connection reset by peer", RemoteStage.NoBanner)]
    [InlineData("kex_exchange_identification: Connection closed by remote host", RemoteStage.NoBanner)]
    [InlineData("Connection closed by 127.0.0.1 port 22", RemoteStage.NoBanner)]
    [InlineData("", RemoteStage.NoBanner)]
    [InlineData("No ED25519 host key is known for 4711 and you have requested strict checking.\nHost key verification failed.", RemoteStage.HostKey)]
    [InlineData("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.", RemoteStage.HostKey)]
    [InlineData("root@127.0.0.1: Permission denied (publickey).", RemoteStage.KeyRefused)]
    [InlineData("Received disconnect from 127.0.0.1 port 22:2: Too many authentication failures", RemoteStage.KeyRefused)]
    [InlineData("Unable to negotiate with 127.0.0.1 port 22: no matching key exchange method found. Their offer: x", RemoteStage.Local)]
    [InlineData("/home/me/.ssh/config: line 3: Bad configuration option: foo", RemoteStage.Local)]
    public void Its_words_tell_the_stage(string said, RemoteStage stage) => Assert.Equal(stage, SshComplaint.StageOf(said));

    [Theory]
    [InlineData("The fingerprint for the ED25519 key sent by the remote host is\nSHA256:abc+/1.\nPlease contact", "SHA256:abc+/1")]
    [InlineData("debug1: Server host key: ssh-ed25519 SHA256:xyz\ndebug1: load_hostkeys", "SHA256:xyz")]
    [InlineData("Host key verification failed.", null)]
    public void The_shown_key_is_found_where_it_is_named(string said, string? shown) => Assert.Equal(shown, SshComplaint.ShownKey(said));
}
