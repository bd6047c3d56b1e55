using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;
using LinodeEmulator.Faults;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

/// <summary>The client on an emulator in the same process, both on the test's clock.</summary>
internal sealed class EmulatedCloud : IAsyncDisposable
{
    private readonly Emulator emulator;

    public EmulatedCloud(params IReadOnlyList<string> faults)
        : this(new EmulatorOptions(), faults)
    {
    }

    public EmulatedCloud(EmulatorOptions options, params IReadOnlyList<string> faults)
    {
        emulator = Emulator.Build(options with { Clock = Time, Faults = [.. faults.Select(FaultSpec.Parse)] });
        Client = new LinodeV4Client(new()
        {
            ApiUrl = new("https://emulator.invalid/"),
            Token = () => new Sensitive("t0ken-of-tests"),
            Handler = emulator.CreateHandler(),
            Time = Time,
        });
        Cloud = new V4Cloud(Client);
    }

    public ManualTime Time { get; } = new();

    public LinodeV4Client Client { get; }

    public ILinodeCloud Cloud { get; }

    public Task<T> SendAsync<T>(V4Operation<T> operation) => Time.DriveAsync(Client.SendAsync(operation));

    public static NodeOrder Order(string label = "web-1", long? firewall = null) =>
        new(label, "us-east", "g6-standard-1", "linode/debian12", ["lct:1"], firewall) { RootPassword = new Sensitive("Str0ng-enough!Really-it-is") };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await emulator.DisposeAsync();
    }
}
