using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.RabbitMq;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Work;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>Where the queue of workers is: <c>queue: amqps://USER@HOST/VHOST</c>.</summary>
/// <param name="host">This machine.</param>
/// <param name="settings">What holds for this call.</param>
/// <param name="emulator">Whether the call is for the emulator, whose records stay on this machine.</param>
/// <param name="secret">Value of a secret, or null.</param>
internal sealed class QueueSettings(ToolHost host, ToolSettings settings, bool emulator, Func<string, Sensitive?> secret)
{
    public const string Variable = "LINODETOOL_QUEUE";
    public const string Password = "LINODETOOL_QUEUE_PASSWORD";

    /// <summary>Variables that may hold a secret.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Password, Variable];

    /// <summary>Whether one is configured, so that runs may be handed to workers.</summary>
    public bool IsConfigured => !emulator && settings.Find(Keys.Queue) is not null;

    /// <summary>Whether a password stands in an address that others can read.</summary>
    public static bool IsInSight(string? option) => option is not null && RabbitMqQueue.IsAddress(option) && RabbitMqQueue.HasPassword(option);

    /// <summary>The queue.</summary>
    /// <param name="option">Its address from the command line, which beats all others, or null.</param>
    /// <exception cref="LinodeToolkitException">None is named, the address is none, or it has a password in a file.</exception>
    public QueueProvider Of(string? option)
    {
        var (address, source) = option is not null ? (option, "--queue")
            : settings.Find(Keys.Queue) ?? throw new LinodeToolkitException(SettingsProblems.NoQueue(settings.Profile));
        if (!RabbitMqQueue.IsAddress(address))
        {
            throw new LinodeToolkitException(SettingsProblems.NotQueue(source)); // not repeated: it may have a password in it
        }

        return option is null && host.Variable(Variable) != address && RabbitMqQueue.HasPassword(address)
            ? throw new LinodeToolkitException(SettingsProblems.QueuePasswordInFile(source))
            : RabbitMqQueue.Provider(address, Find(address));
    }

    private Func<Sensitive?>? Find(string address) => RabbitMqQueue.HasPassword(address) ? null : () =>
        settings.Secret(Keys.QueuePassword) is { } named
            ? secret(named.Name) ?? throw new LinodeToolkitException(SettingsProblems.NoQueuePassword(named.Name))
            : host.Variable(Password) is { } given ? new Sensitive(given) : null;
}
