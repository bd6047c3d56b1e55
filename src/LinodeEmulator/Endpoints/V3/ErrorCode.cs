namespace LinodeEmulator.Endpoints.V3;

/// <summary>The errors of API v3, by number and with the text that goes with each where nothing more is to be said.</summary>
internal sealed record ErrorCode(int Number, string Message)
{
    public static ErrorCode Ok { get; } = new(0, "ok");

    public static ErrorCode BadRequest { get; } = new(1, "Bad request");

    public static ErrorCode NoAction { get; } = new(2, "No action was requested");

    public static ErrorCode NoClass { get; } = new(3, "The requested class does not exist");

    public static ErrorCode AuthenticationFailed { get; } = new(4, "Authentication failed");

    public static ErrorCode NotFound { get; } = new(5, "Object not found");

    public static ErrorCode Missing { get; } = new(6, "A required property is missing");

    public static ErrorCode Invalid { get; } = new(7, "A property is invalid");

    public static ErrorCode Validation { get; } = new(8, "A data validation error has occurred");

    public static ErrorCode NotImplemented { get; } = new(9, "Method not implemented");

    public static ErrorCode TooManyInBatch { get; } = new(10, "Too many batched requests");

    public static ErrorCode BatchNotJson { get; } = new(11, "api_requestArray is not valid JSON");

    public static ErrorCode BatchTimeout { get; } = new(12, "The batch came near its time limit; the rest was not carried out");

    public static ErrorCode PermissionDenied { get; } = new(13, "Permission denied");

    public static ErrorCode RateLimited { get; } = new(14, "API rate limit exceeded");

    public static ErrorCode AccountLimit { get; } = new(15, "Account limit reached");

    public static ErrorCode ChargeFailed { get; } = new(30, "Charging the credit card failed");

    public static ErrorCode CardExpired { get; } = new(31, "The credit card has expired");

    public static ErrorCode LinodeLimiter { get; } = new(40, "Limit of Linodes added per hour reached");

    public static ErrorCode LinodeNotEmpty { get; } = new(41, "The Linode must have no disks before it is deleted");

    public static ErrorCode StackScriptLimit { get; } = new(42, "Limit of StackScripts reached");

    public static ErrorCode NeedsToken { get; } = new(44, "A second factor is needed");

    public ApiV3Problem As(string message) => new(this with { Message = message });
}

/// <summary>Ends an action with an answer that holds errors. Thrown before anything is changed.</summary>
internal sealed class ApiV3Problem(params IReadOnlyList<ErrorCode> errors) : Exception(errors[0].Message)
{
    public IReadOnlyList<ErrorCode> Errors => errors;

    public static ApiV3Problem NotFound => new(ErrorCode.NotFound);

    public static ApiV3Problem Rule(string message) => ErrorCode.Validation.As(message);

    public static ApiV3Problem NotEmulated(string what) => ErrorCode.NotImplemented.As($"{what} is not emulated");

    /// <summary>What the newer face refused, in the words of this one.</summary>
    public static ApiV3Problem Of(ApiProblem problem) => new([.. problem.Errors.Select(error => Code(problem.Status) with
    {
        Message = error.Field is null ? error.Reason : $"{error.Field}: {error.Reason}",
    })]);

    private static ErrorCode Code(int status) => status switch
    {
        401 => ErrorCode.AuthenticationFailed,
        403 => ErrorCode.PermissionDenied,
        404 => ErrorCode.NotFound,
        501 => ErrorCode.NotImplemented,
        _ => ErrorCode.Validation,
    };
}
