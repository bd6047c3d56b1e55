namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>Kinds that several keys share.</summary>
internal static class Kinds
{
    public static readonly KeyKind Text = new TextKind();
    public static readonly KeyKind Verbatim = new VerbatimKind();
    public static readonly KeyKind Template = new TemplateKind();
    public static readonly KeyKind Flag = new FlagKind();
    public static readonly KeyKind Duration = new DurationKind();
    public static readonly KeyKind Port = new WholeKind(1, 65535);

    /// <summary>Name of a group, a balancer, a set: it becomes part of keys and labels.</summary>
    public static readonly TextKind Name = new TextKind("^[A-Za-z][A-Za-z0-9._-]{0,47}$",
        "a name: a letter, then up to 47 letters, digits, dots, hyphens or underscores");

    /// <summary>Name used between braces.</summary>
    public static readonly KeyKind Variable =
        new TextKind("^[A-Za-z_][A-Za-z0-9_-]{0,47}$", "a name: a letter, then up to 47 letters, digits, hyphens or underscores");

    public static readonly KeyKind Tag = new TextKind("^[^\\s,/{}][^,/{}]{1,48}[^\\s,/{}]$",
        "a tag of 3 to 50 characters without comma, slash and braces");

    public static readonly KeyKind Account =
        new TextKind("^[a-z_][a-z0-9_-]{0,31}$", "an account name: lower-case letters, digits, hyphens and underscores, at most 32");

    public static KeyKind OneOrMany(KeyKind item) => new EitherKind(item, new ListKind(item));
}
