using System.Globalization;

namespace LinodeClusterToolkit.Tests.Api.V3;

/// <summary>Linodes with their jobs, the newest first: answers what is asked of them as the API would.</summary>
internal sealed class FakeJobs
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, SortedDictionary<long, string>> linodes = [];

    private readonly List<(int Questions, TaskCompletionSource Asked)> listeners = [];
    private int questions;

    public FakeJobs() => Server = new(Answer);

    public FakeV3 Server { get; }

    /// <summary>Whether a Linode that is gone is told of as an error; else nothing is told of it.</summary>
    public bool SaysGone { get; set; }

    /// <summary>Refuses everything with this.</summary>
    public string? Refusal { get; set; }

    public void Set(long linode, long job, string action, bool? success = null, string message = "", string entered = "2017-05-09 17:06:40.0")
    {
        lock (gate)
        {
            linodes.TryAdd(linode, []);
            linodes[linode][job] =
                $$"""
                {"JOBID":{{job}},"LINODEID":{{linode}},"ACTION":"{{action}}","LABEL":"about {{action}}","ENTERED_DT":"{{entered}}","HOST_START_DT":"",
                 "HOST_FINISH_DT":"{{(success is null ? "" : "2017-05-09 17:07:00.0")}}",
                 "HOST_SUCCESS":{{success switch { null => "\"\"", true => "1", false => "0" }}},"HOST_MESSAGE":"{{message}}","DURATION":""}
                """;
        }
    }

    public void Delete(long linode)
    {
        lock (gate)
        {
            linodes.Remove(linode);
        }
    }

    /// <summary>Ends when jobs were asked for so many times more.</summary>
    public Task AskedAsync(int more)
    {
        lock (gate)
        {
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            listeners.Add((questions + more, asked));
            return asked.Task;
        }
    }

    private string Answer(AskedAction asked)
    {
        lock (gate)
        {
            questions += asked.Action == "linode.job.list" ? 1 : 0;
            listeners.Where(one => one.Questions <= questions).ToList().ForEach(one => one.Asked.TrySetResult());
            if (Refusal is not null)
            {
                return Refusal;
            }

            if (!linodes.TryGetValue(Number(asked, "linodeid")!.Value, out var jobs))
            {
                return SaysGone ? FakeV3.Error(5, "Object not found") : FakeV3.Fine("[]");
            }

            return asked.Action == "linode.list"
                ? FakeV3.Fine($$"""[{"LINODEID":{{asked["linodeid"]}}}]""")
                : FakeV3.Fine($"[{string.Join(",", jobs.Reverse().Where(job => Fits(asked, job.Key, job.Value)).Select(job => job.Value))}]");
        }
    }

    private static bool Fits(AskedAction asked, long id, string job) =>
        (Number(asked, "jobid") ?? id) == id
        && (Number(asked, "pendingonly") != 1 || job.Contains("\"HOST_FINISH_DT\":\"\"", StringComparison.Ordinal));

    private static long? Number(AskedAction asked, string name) =>
        asked.Parameters.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
