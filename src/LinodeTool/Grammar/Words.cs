using System.CommandLine;

namespace LinodeTool.Grammar;

/// <summary>Short forms to declare arguments and options; every value is text here and gets its meaning in one place, with our own errors.</summary>
internal static class Words
{
    public static Argument<string> Required(string name, string description) => new(name) { Description = description };

    public static Argument<string?> Perhaps(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string[]> Several(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };

    public static Argument<string[]> Any(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };

    public static Option<string?> Text(string name, string value, string description, string? alias = null) =>
        With(new Option<string?>(name) { Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne }, alias);

    public static Option<string[]> Many(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    public static Option<bool> Flag(string name, string description, string? alias = null) =>
        With(new Option<bool>(name) { Description = description, Arity = ArgumentArity.Zero }, alias);

    private static Option<T> With<T>(Option<T> option, string? alias)
    {
        if (alias is not null)
        {
            option.Aliases.Add(alias);
        }

        return option;
    }
}
