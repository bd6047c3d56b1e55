using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>Ends a request with an error answer. Thrown before anything is changed.</summary>
internal sealed class ApiProblem(int status, params IReadOnlyList<ApiError> errors) : Exception(errors.Count > 0 ? errors[0].Reason : "error")
{
    public int Status => status;

    public IReadOnlyList<ApiError> Errors => errors;

    public static ApiProblem NotFound => new(404, new ApiError("Not found"));

    /// <summary>For what belongs to somebody else.</summary>
    public static ApiProblem Unauthorized => new(403, new ApiError("Unauthorized"));

    /// <summary>The one refusal that clients are known to match word for word, and to repeat.</summary>
    public static ApiProblem LinodeBusy => new(400, new ApiError("Linode busy."));

    public static ApiProblem Field(string field, string reason) => new(400, new ApiError(reason, field));

    public static ApiProblem Refused(string reason) => new(400, new ApiError(reason));

    /// <summary>Something that the platform can do and this emulator cannot: said, never feigned.</summary>
    public static ApiProblem NotEmulated(string what) => new(501, new ApiError($"{what} is not emulated"));
}
