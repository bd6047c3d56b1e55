using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>The one place where data becomes part of what a shell reads.</summary>
internal static class ShellText
{
    /// <summary>The value between single quotes, in which a POSIX shell reads every character as itself.</summary>
    /// <exception cref="LinodeToolkitException">It holds a NUL, which no shell can take.</exception>
    public static string Quote(string value) => value.Contains('\0')
        ? throw new LinodeToolkitException(SecurityProblems.NulInCommand())
        : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Words as a shell takes them: plain ones as they are, all others quoted.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(word => IsPlain(word) ? word : Quote(word)));

    private static bool IsPlain(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/' or ':' or '@' or '%' or '+' or ',');
}
