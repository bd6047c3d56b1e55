using System.Text.Json.Serialization;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Views;

/// <summary>What standard error gets under -o json.</summary>
internal sealed record ErrorDocument(ErrorBody Error)
{
    /// <summary>The others, where several things are wrong at once; the last and most important is <see cref="Error"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    public static ErrorDocument From(IReadOnlyList<Problem> problems) => new(ErrorBody.From(problems[^1]))
    {
        Errors = problems.Count > 1 ? [.. problems.Select(ErrorBody.From)] : null,
    };
}

internal sealed record ErrorBody(
    string Code, string What, ErrorPlace Where, string? Why, IReadOnlyList<string> Fix, bool Retryable, string? RequestId)
{
    public static ErrorBody From(Problem problem) => new(
        problem.Code, problem.What,
        new(problem.Position?.File, problem.Position?.Line, problem.Position?.Column, problem.Path ?? problem.Where),
        problem.Why, problem.Fixes, problem.Retryable, problem.RequestId);
}

internal sealed record ErrorPlace(string? File, int? Line, int? Column, string? Path);
