namespace LinodeClusterToolkit.Api.Http;

/// <summary>On whose behalf calls are made: runs that share an account take turns. It goes along with the flow of the work.</summary>
internal static class CallOwner
{
    private static readonly AsyncLocal<string?> Flow = new();

    /// <summary>Id of the run; null where there is none.</summary>
    public static string? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }
}
