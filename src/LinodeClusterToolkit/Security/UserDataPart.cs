namespace LinodeClusterToolkit.Security;

/// <summary>A part of the user data of a node: what cloud-init makes of it follows from its first line.</summary>
/// <param name="Name">Its name in what cloud-init says of it.</param>
/// <param name="Text">Its text.</param>
internal sealed record UserDataPart(string Name, string Text)
{
    /// <summary>First lines that say what a part is.</summary>
    public static readonly IReadOnlyList<string> Beginnings = ["#cloud-config", "#!", "#cloud-boothook", "#include", "#include-once"];

    /// <summary>Media type of a text, or null for one whose first line says nothing known.</summary>
    /// <remarks>Handlers, archives, patches and templates are not among them: nobody can tell before what they would do to our own part.</remarks>
    public static string? TypeOf(string text)
    {
        var first = text.AsSpan(0, Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length)).TrimEnd();
        if (first.StartsWith("#!"))
        {
            return "text/x-shellscript";
        }

        var blank = first.IndexOfAny(' ', '\t');
        return (blank < 0 ? first : first[..blank]) switch
        {
            "#cloud-config" => "text/cloud-config",
            "#cloud-boothook" => "text/cloud-boothook",
            "#include" => "text/x-include-url",
            "#include-once" => "text/x-include-once-url",
            _ => null,
        };
    }
}
