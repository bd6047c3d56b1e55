using LinodeClusterToolkit.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinodeClusterToolkit;

/// <summary>The toolkit for programs with a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="LinodeToolkit"/> and <see cref="ILinodeCloud"/> as singletons; requests go through <see cref="IHttpClientFactory"/>,
    /// unless the options bring a cloud of their own.
    /// </summary>
    /// <remarks>The container owns the toolkit and has to be disposed of asynchronously, as hosts do.</remarks>
    /// <param name="services">Where to.</param>
    /// <param name="options">Made once, when the first of them is asked for.</param>
    public static IServiceCollection AddLinodeClusterToolkit(this IServiceCollection services, Func<IServiceProvider, LinodeToolkitOptions> options)
    {
        services.TryAddSingleton(options);
        services.AddLinodeCloud(provider => provider.GetRequiredService<LinodeToolkitOptions>().ForCloud());
        services.TryAddSingleton(provider =>
        {
            var chosen = provider.GetRequiredService<LinodeToolkitOptions>();
            return new LinodeToolkit(chosen with { Cloud = chosen.Cloud ?? provider.GetRequiredService<ILinodeCloud>() });
        });
        return services;
    }
}
