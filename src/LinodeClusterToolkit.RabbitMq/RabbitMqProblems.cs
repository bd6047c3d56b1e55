using System.Net.Sockets;
using System.Security.Authentication;
using LinodeClusterToolkit.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>What can go wrong with a RabbitMQ server.</summary>
internal static class RabbitMqProblems
{
    public static Problem NoAddress(string why) => new(
        "LCT7151", "that is no address of a RabbitMQ server", Where: "queue", Why: why,
        Fix: ["write it as amqps://USER@HOST:5671/VHOST; a private authority goes after it as ?cacertfile=FILE",
            "servers on this machine may be amqp://USER@127.0.0.1:5672/VHOST; others too with ?tls=off, where the network is trusted"]);

    /// <summary>A message that may not be safe.</summary>
    public static Problem NotSafe(RabbitMqAddress address, string queue, string why) => new(
        "LCT7157", $"{address.Description} did not say that what was put into {queue} is safe", Where: address.Description, Why: why,
        Fix: ["send it again: what comes twice does no harm", "see the server's log, and its room on disk and in memory"]) { Retryable = true };

    public static LinodeToolkitException From(RabbitMqAddress address, Exception thrown) =>
        thrown as LinodeToolkitException ?? new(Of(address, Root(thrown)), thrown);

    /// <summary>Whether a channel or a connection has ended, or the far side keeps silent; nothing of ours is at fault.</summary>
    public static bool IsLoss(Exception thrown) =>
        thrown is RabbitMQClientException or IOException or SocketException or ObjectDisposedException or TimeoutException
            or OperationCanceledException;

    /// <summary>The broker's number for why it ended a channel or a connection.</summary>
    public static ushort CodeOf(Exception thrown) => (Root(thrown) as OperationInterruptedException)?.ShutdownReason?.ReplyCode ?? 0;

    // Numbers of AMQP 0-9-1, https://www.rabbitmq.com/amqp-0-9-1-reference
    private static Problem Of(RabbitMqAddress address, Exception thrown) => (thrown, CodeOf(thrown)) switch
    {
        (AuthenticationFailureException, _) => new(
            "LCT7153", $"{address.Description} refused the login", Where: address.Description, Why: thrown.Message,
            Fix: ["give the right user in its address, and the password where passwords are kept",
                $"{RabbitMqAddress.UsualUser} may come from the server's own machine only: make another user"]),
        (_, Constants.NotAllowed) => new(
            "LCT7154", $"there is no virtual host {address.VirtualHost} for {address.User} on {address.Host}",
            Where: address.Description, Why: Said(thrown),
            Fix: [$"make it: rabbitmqctl add_vhost {address.VirtualHost}",
                $"let the user in: rabbitmqctl set_permissions -p {address.VirtualHost} {address.User} '.*' '.*' '.*'"]),
        (_, Constants.AccessRefused) => new(
            "LCT7155", $"{address.Description} does not allow that", Where: address.Description, Why: Said(thrown),
            Fix: [$"let the user have our queues: rabbitmqctl set_permissions -p {address.VirtualHost} {address.User} "
                + "'^lct[.]' '^(lct[.].*|amq[.]default)$' '^lct[.]'"]),
        (_, Constants.PreconditionFailed) => new(
            "LCT7156", $"{address.Description} has a queue of that name which is another kind", Where: address.Description, Why: Said(thrown),
            Fix: ["see that it is empty, and delete it: it is made anew", "or use a virtual host that has nothing else"]),
        (AuthenticationException, _) => new(
            "LCT7159", $"{address.Description} did not show who it is", Where: address.Description, Why: thrown.Message,
            Fix: ["see that its certificate is for that name and has not run out", "name the authority that signed it: ?cacertfile=FILE"]),
        (IOException or SocketException or TimeoutException or OperationCanceledException or PossibleAuthenticationFailureException, _) => new(
            "LCT7152", $"{address.Description} does not answer", Where: address.Description, Why: thrown.Message,
            Fix: ["see that the server runs and can be reached from here"]) { Retryable = true },
        var (_, code) => new(
            "LCT7158", $"{address.Description} failed", Where: address.Description, Why: code == 0 ? Said(thrown) : $"{Said(thrown)} ({code})",
            Fix: ["see the server's log; if it is sound, report this"]) { Retryable = true },
    };

    private static string Said(Exception thrown) => (thrown as OperationInterruptedException)?.ShutdownReason?.ReplyText ?? thrown.Message;

    // The client wraps what happened once for each address of a host, and once more.
    private static Exception Root(Exception thrown) => thrown switch
    {
        BrokerUnreachableException or AggregateException or ConnectFailureException when thrown.InnerException is { } inner => Root(inner),
        _ => thrown,
    };
}
