using System.Text;

namespace LinodeClusterToolkit.Naming;

/// <summary>A name with placeholders, such as <c>web-{region}-{counter:02}</c>.</summary>
internal sealed class NameTemplate
{
    private const int WidestNumber = 9;

    private NameTemplate(string text, IReadOnlyList<TemplatePart> parts, IReadOnlyList<TemplateFault> faults) =>
        (Text, Parts, Faults) = (text, parts, faults);

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Literals and placeholders in order; what is at fault stands in no part.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>What cannot be understood, in order.</summary>
    public IReadOnlyList<TemplateFault> Faults { get; }

    /// <summary>The placeholders in order.</summary>
    public IEnumerable<Placeholder> Placeholders => Parts.OfType<Placeholder>();

    /// <summary>Reads a template; it never fails, but it may come back with <see cref="Faults"/>.</summary>
    public static NameTemplate Parse(string text)
    {
        var (parts, faults, at) = (new List<TemplatePart>(), new List<TemplateFault>(), 0);
        while (at < text.Length)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}') is var found and >= 0 ? at + found : text.Length;
            if (brace > at)
            {
                parts.Add(new Literal(text[at..brace]));
            }

            at = brace < text.Length ? Braced(text, brace, parts, faults) : brace;
        }

        return new NameTemplate(text, parts, faults);
    }

    /// <summary>The name, with each placeholder replaced by what <paramref name="value"/> says.</summary>
    public string Render(Func<string, TemplateValue> value)
    {
        var name = new StringBuilder();
        foreach (var part in Parts)
        {
            name.Append(part switch
            {
                Placeholder placeholder => value(placeholder.Name).Padded(placeholder.Width),
                _ => ((Literal)part).Text,
            });
        }

        return name.ToString();
    }

    /// <summary>The same template with placeholders called otherwise.</summary>
    public NameTemplate Rename(IReadOnlyDictionary<string, string> names)
    {
        var renamed = string.Concat(Parts.Select(part => part switch
        {
            Placeholder placeholder => placeholder.WithName(names.GetValueOrDefault(placeholder.Name, placeholder.Name)),
            _ => ((Literal)part).Text,
        }));
        return Parse(renamed);
    }

    /// <summary>The same template with more text behind it.</summary>
    public NameTemplate Append(string more) => Parse(Text + more);

    private static int Braced(string text, int open, List<TemplatePart> parts, List<TemplateFault> faults)
    {
        if (text[open] == '}')
        {
            faults.Add(new TemplateFault(open, "}", "a closing brace without an opening one"));
            return open + 1;
        }

        var close = text.AsSpan(open + 1).IndexOfAny('{', '}') is var next and >= 0 ? open + 1 + next : text.Length;
        if (close == text.Length || text[close] == '{')
        {
            faults.Add(new TemplateFault(open, text[open..close], "the brace is not closed"));
            return close;
        }

        var whole = text[open..(close + 1)];
        var (name, width) = whole[1..^1].Split(':', 2) is [var before, var after] ? (before, after) : (whole[1..^1], null);
        if (!IsName(name))
        {
            faults.Add(new TemplateFault(open, whole, "between the braces stands no name"));
        }
        else if (width is not null && !IsWidth(width))
        {
            faults.Add(new TemplateFault(open, whole, $"a width is 1 to {WidestNumber}, such as {{{name}:03}}"));
        }
        else
        {
            parts.Add(new Placeholder(name, width, open));
        }

        return close + 1;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private static bool IsWidth(string width) =>
        (width.StartsWith('0') ? width[1..] : width) is [>= '1' and <= '9'];
}
