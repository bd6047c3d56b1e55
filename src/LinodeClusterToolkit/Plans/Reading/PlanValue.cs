using System.Globalization;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>A cursor on a value: reads it as what its key declares, and reports what it is instead. An absent value is null without a word.</summary>
internal sealed partial class PlanValue(PlanReading reading, KeyKind kind, PlanNode? node, string path)
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    public bool IsGiven => node is not null;

    public PlanPlace Place => reading.Text.Place(node!.Span, path);

    /// <summary>Whether all the value says has its effect today; an empty list says nothing, a list of which some items do is told by item.</summary>
    public bool HasEffectNow(PlanKey key) => node switch
    {
        PlanScalar scalar => key.Now.Any(now => key.Kind.As<FlagKind>() is null
            ? now.Equals(scalar.Value, StringComparison.OrdinalIgnoreCase)
            : Scalars.Flag(scalar.Value) == Scalars.Flag(now)),
        PlanList list => list.Items.Count == 0 || key.Now.Count > 0,
        PlanMap map => map.Entries.Count == 0,
        _ => true,
    };

    public Located<string>? Text()
    {
        var wanted = Declared<TextKind>();
        if (Scalar(wanted.Noun) is not { } scalar || Expanded(scalar) is not { } text)
        {
            return null;
        }

        if (text.Length > 0 && !text.Any(char.IsControl)
            && (wanted.Pattern is null || Matches(text, wanted.Pattern)))
        {
            return new Located<string>(text, Place);
        }

        var noun = text.Length == 0 ? "a text that is not empty" : text.Any(char.IsControl) ? "a text on one line" : wanted.Noun;
        reading.Error(Place, PlanProblems.BadValue(noun, text));
        return null;
    }

    /// <summary>The text as it stands, braces and all.</summary>
    public Located<string>? Verbatim() =>
        Scalar(Declared<VerbatimKind>().Noun) is { } scalar ? new Located<string>(scalar.Value, Place) : null;

    /// <summary>Any single value, whatever it looks like.</summary>
    public Located<PlanScalar>? Any() => Scalar(Declared<ValueKind>().Noun) is { } scalar ? new Located<PlanScalar>(scalar, Place) : null;

    public Located<bool>? Flag()
    {
        var wanted = Declared<FlagKind>();
        return Scalar(wanted.Noun) is { } scalar && Unquoted(scalar, wanted) is { } text
            ? Parsed(Scalars.Flag(text), wanted, text)
            : null;
    }

    public Located<int>? Whole()
    {
        var wanted = Declared<WholeKind>();
        if (Scalar(wanted.Noun) is not { } scalar || Unquoted(scalar, wanted) is not { } text)
        {
            return null;
        }

        if (Scalars.Whole(text) is not { } number)
        {
            return Parsed<int>(null, wanted, text);
        }

        if (number >= wanted.Least && number <= wanted.Most)
        {
            return new Located<int>((int)number, Place);
        }

        reading.Error(Place, PlanProblems.OutOfRange(wanted.Noun, text));
        return null;
    }

    public Located<string>? Word()
    {
        var wanted = Declared<WordKind>();
        if (Scalar(wanted.Noun) is not { } scalar || Expanded(scalar) is not { } text)
        {
            return null;
        }

        if (wanted.Words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            return new Located<string>(word, Place);
        }

        var meant = reading.Guess(text, wanted.Words, Place,
            nearest => PlanProblems.UnknownWord(text, nearest, wanted.Words), near => PlanProblems.WordReadAs(text, near));
        if (meant is null)
        {
            return null;
        }

        reading.Correct(Place, meant);
        return new Located<string>(meant, Place);
    }

    public Located<SizeSpec>? Size()
    {
        var wanted = Declared<SizeKind>();
        return Scalar(wanted.Noun) is { } scalar && Expanded(scalar) is { } text ? Parsed(SizeSpec.Parse(text), wanted, text) : null;
    }

    public Located<TimeSpan>? Duration()
    {
        var wanted = Declared<DurationKind>();
        return Scalar(wanted.Noun) is { } scalar && Expanded(scalar) is { } text ? Parsed(Scalars.Duration(text), wanted, text) : null;
    }

    public NameSpec? Template()
    {
        if (Scalar(Declared<TemplateKind>().Noun) is not { } scalar)
        {
            return null;
        }

        var template = NameTemplate.Parse(scalar.Value);
        foreach (var fault in template.Faults)
        {
            reading.Error(reading.Text.PlaceInside(scalar, fault.Index, path), PlanProblems.BadPlaceholder(fault.Text, fault.Why));
        }

        if (scalar.Value.Length == 0)
        {
            reading.Error(Place, PlanProblems.BadValue(kind.Noun, ""));
        }

        return template.Faults.Count == 0 && scalar.Value.Length > 0 ? new NameSpec(template, scalar, Place) : null;
    }

    private T Declared<T>()
        where T : KeyKind =>
        kind.As<T>() ?? throw new InvalidOperationException($"{path} is declared as {kind.Noun}");

    private Located<T>? Parsed<T>(T? value, KeyKind wanted, string text)
        where T : struct
    {
        if (value is { } read)
        {
            return new Located<T>(read, Place);
        }

        reading.Error(Place, PlanProblems.BadValue(wanted.Noun, text));
        return null;
    }

    /// <summary>Whether a text of one line matches as a whole.</summary>
    private static bool Matches(string text, string pattern) =>
        !text.Any(char.IsControl) && Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, MatchLimit);

    private PlanScalar? Scalar(string wanted)
    {
        if (node is null or PlanScalar { IsNull: false })
        {
            return (PlanScalar?)node;
        }

        reading.Error(Place, node is PlanMap { IsFlow: true, Entries: [{ Key: var name, Value: PlanScalar { IsNull: true } }] }
            ? PlanProblems.Unquoted(name.Value)
            : PlanProblems.WrongKind(wanted, node.Noun));
        return null;
    }

    /// <summary>The text of a number or flag, which needs quotes only around a variable.</summary>
    private string? Unquoted(PlanScalar scalar, KeyKind wanted)
    {
        if (scalar.IsPlain || scalar.Value.Contains('{'))
        {
            return Expanded(scalar);
        }

        if (reading.Dialect == Dialect.Of2017)
        {
            reading.Correct(Place, scalar.Value);
            return scalar.Value;
        }

        reading.Error(Place, PlanProblems.Quoted(wanted.Noun, scalar.Value));
        return null;
    }

    /// <summary>The text with variables replaced.</summary>
    private string? Expanded(PlanScalar scalar)
    {
        if (!scalar.Value.AsSpan().ContainsAny('{', '}'))
        {
            return scalar.Value;
        }

        var (template, sound) = (NameTemplate.Parse(scalar.Value), true);
        foreach (var fault in template.Faults)
        {
            sound = false;
            reading.Error(reading.Text.PlaceInside(scalar, fault.Index, path), PlanProblems.BadPlaceholder(fault.Text, fault.Why));
        }

        foreach (var unknown in template.Placeholders.Where(placeholder => !reading.Vars.ContainsKey(placeholder.Name)))
        {
            sound = false;
            reading.Error(
                reading.Text.PlaceInside(scalar, unknown.Index, path),
                PlanProblems.UnknownPlaceholder(unknown.Name, Hints.Nearest(unknown.Name, reading.Vars.Keys), reading.Vars.Keys));
        }

        return sound ? template.Render(name => reading.Vars[name]) : null;
    }
}
