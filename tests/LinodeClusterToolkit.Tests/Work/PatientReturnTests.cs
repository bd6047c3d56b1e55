using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.Work;

public sealed class PatientReturnTests
{
    private readonly ManualTime time = new();
    private readonly Message message = new();

    [Fact]
    public async Task A_message_goes_back_after_a_pause()
    {
        var going = message.ReturnSoonAsync(time, default);
        Assert.Equal(0, message.Times);
        time.Advance(TimeSpan.FromSeconds(1));
        await going;
        Assert.Equal(1, message.Times);
    }

    [Fact]
    public async Task It_goes_at_once_when_the_worker_leaves()
    {
        using var leave = new CancellationTokenSource();
        var going = message.ReturnSoonAsync(time, leave.Token);
        await leave.CancelAsync();
        await going;
        Assert.Equal(1, message.Times);
    }

    private sealed class Message : IWorkDelivery
    {
        public int Times { get; private set; }

        public ReadOnlyMemory<byte> Body => default;

        public long Returned => 0;

        public string? DeadFor => null;

        public Task AckAsync() => throw new InvalidOperationException("it was not dealt with");

        public Task RejectAsync() => throw new InvalidOperationException("somebody else may deal with it");

        public Task ReturnAsync()
        {
            Times++;
            return Task.CompletedTask;
        }
    }
}
