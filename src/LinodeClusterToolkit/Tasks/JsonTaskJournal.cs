using System.Text.Json.Serialization;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Tasks;

/// <summary>A journal that is a file a run, a line an entry: the last line of a step counts, the first says where the step stands.</summary>
internal sealed class JsonTaskJournal(JsonFolder folder, string scope, Lease? lease = null) : ITaskJournal
{
    private static readonly LineKind<StepLine> Kind = new(JsonForm.Of<StepLine>(JournalJson.Default), line => line.Step);

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation) => await folder.ReadAsync(
        view => view.Lines(PathOf(run), Kind).Values
            .Select(line => new JournalEntry(run, line.Step, line.State, line.Attempts, line.Started, line.Ended, line.Problem)).ToArray(),
        cancellation).ConfigureAwait(false);

    public Task WriteAsync(JournalEntry entry, CancellationToken cancellation) => WriteAsync(entry.Run, run => run.Add(LineOf(entry)), cancellation);

    public Task EnterAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation)
    {
        var copy = steps.ToArray();
        return WriteAsync(run, known => copy.Count(step => known.Find(step) is null && known.Add(new(step, StepState.Waiting, 0))) > 0, cancellation);
    }

    public Task<bool> TryBeginAsync(JournalEntry entry, CancellationToken cancellation) =>
        WriteAsync(entry.Run, run => run.Find(entry.Step)?.State is not StepState.Cancelled && run.Add(LineOf(entry)), cancellation);

    public Task<bool> TryCancelAsync(string run, string step, CancellationToken cancellation) => WriteAsync(
        run,
        steps =>
        {
            var known = steps.Find(step) ?? new(step, StepState.Waiting, 0);
            return known.State is not (StepState.Started or StepState.Done) && steps.Add(known with { State = StepState.Cancelled });
        },
        cancellation);

    public Task ForgetAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation)
    {
        var copy = steps.ToArray();
        return WriteAsync(
            run, known => copy.Count(step => known.Find(step) is not null && known.Add(new(step, StepState.Waiting, 0))) > 0, cancellation);
    }

    public ITaskJournal Under(Lease held) => new JsonTaskJournal(folder, scope, held);

    private static StepLine LineOf(JournalEntry entry) => new(entry.Step, entry.State, entry.Attempts)
    {
        Started = entry.Started, Ended = entry.Ended, Problem = entry.Problem,
    };

    private string PathOf(string run) => $"{scope}runs/{FileName.Of(run)}.steps.jsonl";

    private Task<bool> WriteAsync(string run, Func<Steps, bool> write, CancellationToken cancellation) => folder.WriteAsync(
        to =>
        {
            if (lease is not null)
            {
                JsonLeaseStore.Demand(to, scope, lease);
            }

            return write(new(to, PathOf(run)));
        },
        cancellation);

    /// <summary>The steps of a run, in a transaction.</summary>
    private readonly record struct Steps(FileTransaction To, string Path)
    {
        public StepLine? Find(string step) => To.Line(Path, Kind, step);

        public bool Add(StepLine line)
        {
            To.AddLine(Path, Kind, line);
            return true;
        }
    }
}

/// <summary>An entry as a line.</summary>
internal sealed record StepLine(string Step, StepState State, int Attempts)
{
    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public string? Problem { get; init; }
}

/// <summary>Its form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, Converters = [typeof(KebabWords<StepState>)])]
[JsonSerializable(typeof(StepLine))]
internal sealed partial class JournalJson : JsonSerializerContext;
