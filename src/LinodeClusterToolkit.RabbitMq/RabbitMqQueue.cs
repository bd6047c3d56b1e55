using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Work carried by RabbitMQ (3.10 or newer), for workers on many machines.</summary>
public static class RabbitMqQueue
{
    /// <summary>Whether a text is meant to be an address of RabbitMQ.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("amqp://", StringComparison.Ordinal) || text.StartsWith("amqps://", StringComparison.Ordinal);

    /// <summary>Whether a password stands in such an address.</summary>
    /// <exception cref="LinodeToolkitException">LCT7151: that is no address.</exception>
    public static bool HasPassword(string url) => RabbitMqAddress.Parse(url).Password is not null;

    /// <summary>The provider, for <see cref="LinodeWorkerOptions.Queue"/>.</summary>
    /// <param name="url">
    /// <c>amqps://user@host:5671/vhost</c>, with <c>cacertfile</c> after <c>?</c> where this machine does not trust the server's certificate anyway.
    /// Without TLS, <c>amqp://…</c>, only servers on this machine are reached, unless <c>tls=off</c> says that the network is trusted.
    /// </param>
    /// <param name="password">The password, asked for whenever it connects, so that a changed one is found; null where the address has it.</param>
    /// <exception cref="LinodeToolkitException">LCT7151: that is no address.</exception>
    public static QueueProvider Provider(string url, Func<Sensitive?>? password = null)
    {
        var address = RabbitMqAddress.Parse(url);
        return new(address.Description, () => new RabbitMqBroker(address, password));
    }
}
