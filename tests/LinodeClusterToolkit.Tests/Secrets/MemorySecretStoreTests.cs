using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class MemorySecretStoreTests : SecretStoreTests
{
    private protected override ISecretStore Store { get; } = new MemorySecretStore();
}
