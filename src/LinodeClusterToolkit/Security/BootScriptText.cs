namespace LinodeClusterToolkit.Security;

/// <summary>The text of the StackScript that runs at the first boot of a node: what closes it, and what a plan brings, or one of the two.</summary>
internal static class BootScriptText
{
    /// <summary>Most characters the platform takes, of a script and of the data it is given as JSON.</summary>
    public const int Most = 65_535;

    /// <summary>Fields that are ours where the script closes the node.</summary>
    public static readonly IReadOnlyList<string> OwnFields = ["LCT_HARDEN", "LCT_HOST_KEY"];

    private const string Place = "LCT_SCRIPT\n";
    private const string End = "LCT_END_OF_SCRIPT";

    /// <summary>The text.</summary>
    /// <param name="closes">True where the image takes no user data, so that the script closes the node before anything else.</param>
    /// <param name="brought">The script of the plan, or null.</param>
    public static string Of(bool closes, string? brought)
    {
        var closing = closes ? ShellScript.Source("Security", "firstboot") : "";
        if (brought is null)
        {
            return closing;
        }

        var wrapper = ShellScript.Source("Security", "stackscript");
        if (closes)
        {
            wrapper = wrapper[(wrapper.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }

        var script = brought.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        var end = End;
        while ($"\n{script}".Contains($"\n{end}\n", StringComparison.Ordinal))
        {
            end += "_";
        }

        return closing + wrapper.Replace(End, end, StringComparison.Ordinal).Replace(Place, script, StringComparison.Ordinal);
    }
}
