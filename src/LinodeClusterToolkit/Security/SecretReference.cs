using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>Stands for a secret where its value must not stand: <c>secret:name</c>.</summary>
public sealed partial record SecretReference
{
    private const string Prefix = "secret:";
    private const int LongestName = 200;

    private SecretReference(string name) => Name = name;

    /// <summary>Name of the secret in its store.</summary>
    public string Name { get; }

    /// <summary>Whether a text means to be a reference.</summary>
    public static bool IsReference(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a text can be the name of a secret.</summary>
    /// <remarks>It is made of <c>a-z 0-9 . _ / -</c>, begins with a letter or digit, and has no <c>..</c> and no empty part.</remarks>
    public static bool IsName(string text) =>
        text.Length <= LongestName && NamePattern().IsMatch(text)
        && !text.Contains("..", StringComparison.Ordinal)
        && text.Split('/').All(part => part is not ("" or "."));

    /// <summary>Reads <c>secret:name</c>.</summary>
    /// <exception cref="LinodeToolkitException">It does not begin with <c>secret:</c>, or the name cannot be one.</exception>
    public static SecretReference Parse(string text) => IsReference(text)
        ? To(text[Prefix.Length..])
        : throw new LinodeToolkitException(SecurityProblems.NoReference(text));

    /// <summary>A reference to the secret of that name.</summary>
    /// <exception cref="LinodeToolkitException">The name cannot be one.</exception>
    public static SecretReference To(string name) => IsName(name)
        ? new(name)
        : throw new LinodeToolkitException(SecurityProblems.NoSecretName(name));

    /// <summary><c>secret:name</c>.</summary>
    public override string ToString() => Prefix + Name;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
