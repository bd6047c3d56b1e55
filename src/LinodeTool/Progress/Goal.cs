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

    /// <summary>Whether a node in a state has come to where its run wants it; one that changes a cluster takes some away and brings others in.</summary>
    public static bool IsMet(string verb, string? state) => state == Of(verb) || (verb is "apply" or "scale" && state == "gone");

    /// <summary>The same in a sentence about nodes.</summary>
    public static string Said(string verb) => verb switch
    {
        "rotate-keys" => "opened by a new key alone",
        "roll" => "at work again",
        "apply" or "scale" => "as they should be",
        _ => Of(verb),
    };
}
