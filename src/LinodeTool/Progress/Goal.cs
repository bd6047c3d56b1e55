namespace LinodeTool.Progress;

/// <summary>The state that a run wants its nodes to come to.</summary>
internal static class Goal
{
    public static string Of(string verb) => verb switch
    {
        "stop" => "stopped",
        "roll-back" => "gone",
        _ when verb.StartsWith("delete", StringComparison.Ordinal) => "gone",
        _ => "ready",
    };

    /// <summary>The same in a sentence about nodes.</summary>
    public static string Said(string verb) => verb switch
    {
        "rotate-keys" => "opened by a new key alone",
        "roll" => "at work again",
        _ => Of(verb),
    };
}
