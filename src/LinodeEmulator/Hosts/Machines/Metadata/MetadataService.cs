using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Metadata;

/// <summary>The metadata service at its well-known addresses within the nodes' network. Who asks is known by the address, which no node can
/// forge.</summary>
internal sealed class MetadataService(Ground ground, IHostOwner owner) : IAsyncDisposable
{
    public const string Ipv4 = "169.254.169.254";
    public const string Ipv6 = "fd00:a9fe:a9fe::1";
    private const int LongestLife = 86400;
    private static readonly IPEndPoint[] EndPoints = [new(IPAddress.Parse(Ipv4), 80), new(IPAddress.Parse(Ipv6), 80)];

    private readonly MetadataTokens _tokens = new(TimeProvider.System);
    private IReadOnlyList<Socket> _sockets = [];
    private WebApplication? _server;

    public async Task StartAsync()
    {
        _sockets = Native.Within(Ground.PathOf(ground.Namespace), () => EndPoints.Select(Listen).ToList());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            foreach (var socket in _sockets)
            {
                server.ListenHandle((ulong)socket.Handle);
            }
        });
        _server = builder.Build();
        _server.Run(HandleAsync);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _server.StopAsync(patience.Token);
            await _server.DisposeAsync();
        }

        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static Socket Listen(IPEndPoint point)
    {
        var socket = new Socket(point.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(point);
        socket.Listen(128);
        return socket;
    }

    private Task HandleAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var asker = owner.Ask(cloud => Asker(cloud, address)?.Id);
        var path = context.Request.Path.Value ?? "";
        if (asker is not { } linode || !path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return Answer(context, 404, "Not found");
        }

        if (path == "/v1/token" && context.Request.Method == "PUT")
        {
            return MakeToken(context, linode);
        }

        if (context.Request.Method != "GET")
        {
            return Answer(context, 405, "Method Not Allowed");
        }

        return _tokens.IsGood(context.Request.Headers["Metadata-Token"].FirstOrDefault(), linode)
            ? Tell(context, linode, path["/v1/".Length..])
            : Answer(context, 401, "Unauthorized");
    }

    private Task MakeToken(HttpContext context, long linode)
    {
        var asked = context.Request.Headers["Metadata-Token-Expiry-Seconds"].FirstOrDefault();
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > LongestLife)
        {
            return Answer(context, 400, "Metadata-Token-Expiry-Seconds is not valid");
        }

        var token = _tokens.Make(linode, TimeSpan.FromSeconds(seconds));
        return WantsJson(context) ? Answer(context, 200, new JsonArray(token).ToJsonString(), "application/json") : Answer(context, 200, token);
    }

    private Task Tell(HttpContext context, long linode, string path)
    {
        if (path == "user-data")
        {
            return Answer(context, 200, owner.Ask(cloud => cloud.UserData.Find(linode)?.Base64 ?? ""));
        }

        var document = owner.Ask(cloud => cloud.Instances.Find(linode) is { } row ? MetadataText.Of(cloud, row, path) : null);
        return document is null
            ? Answer(context, 404, "Not found")
            : WantsJson(context)
                ? Answer(context, 200, document.ToJsonString(), "application/json")
                : Answer(context, 200, MetadataText.Lines(document));
    }

    private static Instance? Asker(Cloud cloud, string address) =>
        cloud.Addresses.FindByKey(address) is { LinodeId: { } id }
            ? cloud.Instances.Find(id)
            : cloud.Instances.Rows.FirstOrDefault(row => IPAddress.Parse(row.Ipv6).ToString() == address);

    private static bool WantsJson(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);

    private static Task Answer(HttpContext context, int status, string text, string type = "text/plain")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }
}
