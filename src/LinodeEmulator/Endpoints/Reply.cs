using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinodeEmulator.Http;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>Builds answers.</summary>
internal static class Reply
{
    private const string JsonType = "application/json";

    /// <summary>What actions and deletes answer.</summary>
    public static EmulatorResponse Empty { get; } = new(200, JsonType, "{}"u8.ToArray());

    public static EmulatorResponse Json<T>(T value, JsonTypeInfo<T> json, int status = 200) =>
        new(status, JsonType, JsonSerializer.SerializeToUtf8Bytes(value, json));

    public static EmulatorResponse Of(ApiProblem problem) => Json(new ErrorsWire(problem.Errors), V4Json.Default.ErrorsWire, problem.Status);

    public static EmulatorResponse Error(int status, string reason) => Of(new ApiProblem(status, new ApiError(reason)));

    /// <summary>The page of the load balancer in front of the API.</summary>
    public static EmulatorResponse Html(int status, string title)
    {
        var name = $"{status} {title}";
        var page = $"<html>\r\n<head><title>{name}</title></head>\r\n<body>\r\n<center><h1>{name}</h1></center>\r\n"
            + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        return new EmulatorResponse(status, "text/html", System.Text.Encoding.ASCII.GetBytes(page));
    }
}
