namespace LinodeTool.Grammar;

/// <summary>Text for a command line that people paste back into a shell.</summary>
internal static class Shell
{
    private const string Harmless = "-_./:=@,+%~";

    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Harmless.Contains(letter))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
