using System.Globalization;
using LinodeClusterToolkit;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Postgres;
using LinodeTool.Grammar;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class WorkerStartCommand
{
    private static readonly Guide Guide = new(
        "To do runs that were handed to workers, beside as many others on as many machines as there are; it goes on until it is stopped. It needs records "
            + "in PostgreSQL and a RabbitMQ (linodetool help workers). It may be killed at any time: others take up what it had begun.",
        [
            "worker start", "worker start --concurrency 500 --name lct-3", "worker start --queue amqps://lct@mq.example.com/lct -o json",
        ],
        ["worker list", "worker drain", "cluster create", "cluster events"])
    {
        ExitNotes =
        [
            "0: drained: by Ctrl-C, TERM or worker drain", "12: no queue or no PostgreSQL is named or can be used, or the name is taken",
            "130, 143: left at once, by the second Ctrl-C or TERM",
        ],
    };

    public static Verb Create()
    {
        var concurrency = Words.Text("--concurrency", "N", "Most steps under way at once; they mostly wait (256 if not given)");
        var queue = Words.Text("--queue", "URL", "The RabbitMQ, amqps://USER@HOST/VHOST, instead of the one configured");
        var name = Words.Text("--name", "NAME", "Its name; else made of machine and process");
        var own = Words.Flag("--queue-per-customer", "A queue for each customer; all workers must say the same");
        return new Verb("start", "Do the runs that were handed to workers", Guide, async context =>
        {
            var most = Most(context.Value(concurrency));
            if (context.Inventory.Name != PostgresInventory.Name)
            {
                throw new LinodeToolkitException(SettingsProblems.NotShared(context.Inventory.Name));
            }

            var provider = context.Queue.Of(context.Value(queue));
            context.Messages.Warn(QueueSettings.IsInSight(context.Value(queue)) ? [SettingsProblems.QueuePasswordInSight()] : []);
            await using var customers = new CustomerSettings(context);
            var options = new LinodeWorkerOptions
            {
                Toolkit = customers.Of, Inventory = customers.Records, Queue = provider, Name = context.Value(name), QueuePerCustomer = context.Has(own),
                Notices = new WorkerNotices(context).Tell,
            };
            await using var worker = new LinodeWorker(most is { } number ? options with { Concurrency = number } : options);
            return await RunAsync(context, worker).ConfigureAwait(false);
        })
        {
            concurrency, queue, name, own,
        };
    }

    // The first signal lets steps end, however long they take: whoever does not want to wait gives the second.
    private static async Task<ExitCode> RunAsync(ToolContext context, LinodeWorker worker)
    {
        var interrupt = context.Host.Interrupt;
        interrupt.IsPatient = true;
        using var said = interrupt.Stop.Register(() => context.Messages.Note("draining: nothing new is taken, what was begun ends (again = leave now)"));
        await worker.RunAsync(interrupt.Stop, interrupt.Leave).ConfigureAwait(false);
        return interrupt.Leave.IsCancellationRequested ? interrupt.Code : ExitCode.Done;
    }

    private static int? Most(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 10_000 ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue("--concurrency", text, "a whole number from 1 to 10000"));
}
