using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Tests.Machines;

/// <summary>A connection to a server of etcd from the network of a node, in its own protocol: two calls of gRPC over HTTP/2.</summary>
internal sealed class EtcdCall : IDisposable
{
    private static readonly TimeSpan OfConnecting = TimeSpan.FromSeconds(1);
    private readonly HttpClient http;

    public EtcdCall(string space, IPEndPoint point) => http = new(new SocketsHttpHandler
    {
        ConnectTimeout = OfConnecting,
        ConnectCallback = async (_, cancel) =>
        {
            var socket = Space.Open(space, point.AddressFamily);
            try
            {
                socket.NoDelay = true;
                await socket.ConnectAsync(point, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri($"http://{point}/"),
    };

    /// <summary>Writes a key; null where it was acknowledged, else what was said.</summary>
    public async Task<string?> PutAsync(string key, string value, CancellationToken cancel) =>
        (await SendAsync("Put", [.. Field(1, key), .. Field(2, value)], cancel)).Said;

    /// <summary>All keys that begin with this text and a slash.</summary>
    public async Task<HashSet<string>> ReadAsync(string folder, CancellationToken cancel)
    {
        // Up to what comes after the last of them, '0' follows '/'; field 8 asks for keys alone.
        var (said, body) = await SendAsync("Range", [.. Field(1, $"{folder}/"), .. Field(2, $"{folder}0"), 0x40, 1], cancel);
        Assert.Null(said);
        return [.. Fields(body).Where(field => field.Number == 2).Select(row => Fields(row.Bytes).Single(field => field.Number == 1).Bytes)
            .Select(Encoding.UTF8.GetString)];
    }

    public void Dispose() => http.Dispose();

    private async Task<(string? Said, byte[] Body)> SendAsync(string method, byte[] message, CancellationToken cancel)
    {
        // Each message has five bytes before it: not compressed, and its length.
        var framed = new byte[message.Length + 5];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"etcdserverpb.KV/{method}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(framed),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        using var answer = await http.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        var status = Header(answer, "grpc-status") ?? $"HTTP {(int)answer.StatusCode}";
        return status == "0" ? (null, body[5..]) : ($"{status} {Header(answer, "grpc-message")}", []);
    }

    // Where there is nothing but an error, its words stand before the end.
    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out var values) || answer.Headers.TryGetValues(name, out values) ? values.First() : null;

    private static byte[] Field(int number, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(bytes.Length < 128, "longer texts need a longer length");
        return [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];
    }

    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var head = (int)Whole(message, ref at);
            var length = (head & 7) == 2 ? (int)Whole(message, ref at) : 0;
            if ((head & 7) == 0)
            {
                _ = Whole(message, ref at);
            }

            yield return (head >> 3, message[at..(at + length)]);
            at += length;
        }
    }

    private static ulong Whole(byte[] message, ref int at)
    {
        var (whole, shift) = (0UL, 0);
        byte next;
        do
        {
            next = message[at++];
            whole |= (ulong)(next & 0x7f) << shift;
            shift += 7;
        }
        while ((next & 0x80) != 0);
        return whole;
    }
}
