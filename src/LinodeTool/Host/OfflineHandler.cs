namespace LinodeTool.Host;

/// <summary>Sends nothing: for completion, which must be quick and never touch the network.</summary>
internal sealed class OfflineHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new HttpRequestException("this command works without the network");
}
