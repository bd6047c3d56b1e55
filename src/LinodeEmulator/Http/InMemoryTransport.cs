using System.Net;
using System.Net.Http.Headers;
using LinodeEmulator.Endpoints;

namespace LinodeEmulator.Http;

/// <summary>Lets an <see cref="HttpClient"/> talk to an emulator in the same process: no socket, and the emulator's clock alone decides about
/// time.</summary>
internal sealed class InMemoryTransport(Emulator emulator) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("the request has no address");
        var isFile = UploadDoor.IsFor(uri.AbsolutePath);
        var body = isFile || request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var read = new EmulatorRequest(
            request.Method.Method, uri.AbsolutePath, uri.Query, Header(request, "Authorization"), Header(request, "X-Filter"), body)
        {
            ContentType = request.Content?.Headers.ContentType?.ToString(),
            Base = uri.GetLeftPart(UriPartial.Authority),
        };
        var answer = isFile && request.Content is { } file
            ? await emulator.TakeFileAsync(read, await file.ReadAsStreamAsync(cancellationToken), cancellationToken)
            : await emulator.HandleAsync(read, cancellationToken);
        if (answer.Cut)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the emulator cut the connection, as a fault told it to");
        }

        return Message(request, answer);
    }

    private static HttpResponseMessage Message(HttpRequestMessage request, EmulatorResponse answer)
    {
        var message =
            new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(answer.Body) };
        if (answer.ContentType is { } type)
        {
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (name, value) in answer.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
