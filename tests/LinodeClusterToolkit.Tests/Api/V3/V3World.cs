using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;
using LinodeEmulator.Faults;

namespace LinodeClusterToolkit.Tests.Api.V3;

/// <summary>The cloud through version 3 of the API, on an emulator in the same process; both live on one jumping clock.</summary>
internal sealed class V3World : IAsyncDisposable
{
    public const string Owner = "lct:5d1f0b7e9a3c4e26";
    private readonly Emulator emulator;
    private readonly Overheard api;

    private V3World(EmulatorOptions options)
    {
        emulator = Emulator.Build(options with { Clock = Time });
        api = new(emulator.CreateHandler());
        (Cloud, Other, Console) = (LinodeV3.Create(Options()), LinodeV3.Create(Options()), new(Options()));
    }

    public VirtualTime Time { get; } = new();

    public ILinodeCloud Cloud { get; }

    /// <summary>Another process of ours, as it were: it shares nothing with the first one.</summary>
    public ILinodeCloud Other { get; }

    /// <summary>Somebody else at work on the account, who also looks at what is really there.</summary>
    public LinodeV3Client Console { get; }

    /// <summary>Every action that was asked for, in order.</summary>
    public IReadOnlyList<AskedAction> Asked => api.Asked;

    /// <summary>What happens once, when such an action is on its way and has not arrived yet.</summary>
    public void Before(string action, Func<Task> happens) => api.Before = (action, happens);

    /// <summary>Runs a test, with its waits, in virtual time.</summary>
    public static Task RunAsync(Func<V3World, Task> test, params IReadOnlyList<string> faults) => RunAsync(new EmulatorOptions(), test, faults);

    public static async Task RunAsync(EmulatorOptions options, Func<V3World, Task> test, params IReadOnlyList<string> faults)
    {
        await using var world = new V3World(options with { Faults = [.. faults.Select(FaultSpec.Parse)] });
        await world.Time.RunAsync(async () =>
        {
            await test(world);
            return true;
        });
    }

    public static NodeOrder Order(string label = "web-1") => new(label, "us-east", "g6-nanode-1", null, ["blue", Owner], null);

    public Task PassAsync(TimeSpan time) => Task.Delay(time, Time);

    /// <summary>A node with a disk and a configuration, powered off.</summary>
    public async Task<(long Node, long Config)> LaidOutAsync(string label = "web-1")
    {
        var node = (await Cloud.CreateNodeAsync(Order(label), default)).Id;
        var disk = (await Cloud.CreateDiskAsync(node, new("root", 5000, "ext4"), default)).Id;
        var config = (await Cloud.CreateConfigAsync(node, new("boot", "linode/grub2", [disk], "/dev/sda"), default)).Id;
        await Cloud.Events.WaitIdleAsync(node, default);
        return (node, config);
    }

    public async ValueTask DisposeAsync()
    {
        (Cloud as IDisposable)?.Dispose();
        (Other as IDisposable)?.Dispose();
        Console.Dispose();
        api.Dispose();
        await emulator.DisposeAsync();
    }

    private V3Options Options() => new()
    {
        ApiUrl = new("https://emulator.invalid/"),
        Key = () => new Sensitive("k3y-of-tests"),
        Handler = api,
        Time = Time,
        Counters = new CallCounters(),
    };

    private sealed class Overheard(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Lock gate = new();
        private readonly List<AskedAction> asked = [];

        public (string Action, Func<Task> Happens)? Before { get; set; }

        public IReadOnlyList<AskedAction> Asked
        {
            get
            {
                lock (gate)
                {
                    return [.. asked];
                }
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var actions = FakeV3.Read(new(request.Method.Method, request.RequestUri!.PathAndQuery, null, null, body));
            lock (gate)
            {
                asked.AddRange(actions);
            }

            if (Before is { } before && actions.Any(one => one.Action == before.Action))
            {
                Before = null;
                await before.Happens();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
