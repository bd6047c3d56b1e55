using System.Text;

namespace Properties.Tests;

/// <summary>The bug that all of this is there to find, planted: a node whose create call got no answer is made once more.</summary>
internal sealed class DoublesLostCreates(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException) when (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/v4/linode/instances")
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var again = body.Replace("\"label\":\"ha-", "\"label\":\"once-more-", StringComparison.Ordinal);
            request.Content = new StringContent(again, Encoding.UTF8, "application/json");
            await base.SendAsync(request, cancellationToken);
            throw;
        }
    }
}
