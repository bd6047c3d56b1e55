using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class MemoryTaskJournalTests : TaskJournalTests
{
    private protected override ITaskJournal Journal { get; } = new MemoryTaskJournal();
}
