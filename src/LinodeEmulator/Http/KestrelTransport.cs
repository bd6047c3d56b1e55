using Microsoft.AspNetCore.Http.Features;

namespace LinodeEmulator.Http;

/// <summary>Between ASP.NET Core and the emulator. The raw target is used since the server decodes the path.</summary>
internal static class KestrelTransport
{
    public static async Task HandleAsync(HttpContext context, Emulator emulator)
    {
        var answer = await emulator.HandleAsync(await ReadAsync(context), context.RequestAborted);
        if (answer.Cut)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<EmulatorRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var raw = string.IsNullOrEmpty(target) || target[0] != '/' ? request.PathBase.ToUriComponent() + request.Path.ToUriComponent() : target;
        var query = raw.IndexOf('?');
        return new EmulatorRequest(
            request.Method,
            query < 0 ? raw : raw[..query],
            request.QueryString.Value ?? "",
            request.Headers.Authorization.FirstOrDefault(),
            request.Headers["X-Filter"].FirstOrDefault(),
            body.ToArray())
        {
            ContentType = request.ContentType,
        };
    }
}
