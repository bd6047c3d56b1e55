using LinodeEmulator.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace LinodeEmulator.Http;

/// <summary>Between ASP.NET Core and the emulator. The raw target is used since the server decodes the path.</summary>
internal static class KestrelTransport
{
    public static async Task HandleAsync(HttpContext context, Emulator emulator)
    {
        var answer = await AnswerAsync(context, emulator);
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

    private static async Task<EmulatorResponse> AnswerAsync(HttpContext context, Emulator emulator)
    {
        if (!UploadDoor.IsFor(context.Request.Path))
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return await emulator.HandleAsync(Read(context, body.ToArray()), context.RequestAborted);
        }

        // Gigabytes are passed on as they come.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most)
        {
            most.MaxRequestBodySize = null;
        }

        return await emulator.TakeFileAsync(Read(context, []), context.Request.Body, context.RequestAborted);
    }

    private static EmulatorRequest Read(HttpContext context, byte[] body)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var raw = string.IsNullOrEmpty(target) || target[0] != '/' ? request.PathBase.ToUriComponent() + request.Path.ToUriComponent() : target;
        var query = raw.IndexOf('?');
        return new EmulatorRequest(
            request.Method,
            query < 0 ? raw : raw[..query],
            request.QueryString.Value ?? "",
            request.Headers.Authorization.FirstOrDefault(),
            request.Headers["X-Filter"].FirstOrDefault(),
            body)
        {
            ContentType = request.ContentType,
            Base = $"{request.Scheme}://{request.Host}",
        };
    }
}
