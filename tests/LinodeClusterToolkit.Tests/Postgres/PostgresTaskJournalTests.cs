using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Tests.Tasks;

namespace LinodeClusterToolkit.Tests.Postgres;

public sealed class PostgresTaskJournalTests : TaskJournalTests, IAsyncDisposable
{
    private readonly PostgresDatabase database = PostgresServer.Open(PostgresServer.NewPlace());

    public PostgresTaskJournalTests() => Journal = new SqlTaskJournal(database, "linodetool", "me");

    private protected override ITaskJournal Journal { get; }

    [Fact]
    public async Task Shows_nothing_of_another_customer()
    {
        await Journal.WriteAsync(new("7f3a", "a", StepState.Done, 1, null, null, null), default);
        Assert.Empty(await new SqlTaskJournal(database, "linodetool", "you").ReadAsync("7f3a", default));
        Assert.Empty(await new SqlTaskJournal(database, "other", "me").ReadAsync("7f3a", default));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
