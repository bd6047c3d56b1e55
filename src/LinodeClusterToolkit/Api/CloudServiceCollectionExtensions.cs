using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Api.V4;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinodeClusterToolkit.Api;

/// <summary>The cloud for programs with a container.</summary>
public static class CloudServiceCollectionExtensions
{
    /// <summary>Name of the HTTP client, for those who add handlers of their own to it.</summary>
    public const string HttpClientName = "linode";

    /// <summary>
    /// Registers <see cref="ILinodeCloud"/> and <see cref="LinodeV4Client"/> as singletons; requests go through <see cref="IHttpClientFactory"/>.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Made once, when the first of them is asked for.</param>
    public static IServiceCollection AddLinodeCloud(this IServiceCollection services, Func<IServiceProvider, V4Options> options)
    {
        services.TryAddSingleton(options);
        services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => HandlerFor(provider.GetRequiredService<V4Options>()));
        services.TryAddSingleton(provider => new LinodeV4Client(
            provider.GetRequiredService<V4Options>(), () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        services.TryAddSingleton<ILinodeCloud>(provider => new V4Cloud(
            provider.GetRequiredService<LinodeV4Client>(), provider.GetRequiredService<V4Options>().Events));
        return services;
    }

    // The factory disposes of what it is given when it rotates handlers; a handler of the caller's has to outlive that.
    private static HttpMessageHandler HandlerFor(V4Options options) =>
        options.Handler is { } handler ? new Borrowed(handler) : ApiHandler.Create(options.CertificateAuthority);

    private sealed class Borrowed(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
