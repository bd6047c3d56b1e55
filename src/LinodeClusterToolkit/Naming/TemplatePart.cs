using System.Globalization;

namespace LinodeClusterToolkit.Naming;

/// <summary>A piece of a <see cref="NameTemplate"/>.</summary>
internal abstract record TemplatePart;

/// <summary>Text that stands for itself.</summary>
internal sealed record Literal(string Text) : TemplatePart;

/// <summary>A name in braces, with the width its number is padded to.</summary>
/// <param name="Name">What stands in its place.</param>
/// <param name="WidthText">The width as written, such as <c>03</c>, or null.</param>
/// <param name="Index">Where its brace stands in the template.</param>
internal sealed record Placeholder(string Name, string? WidthText, int Index) : TemplatePart
{
    /// <summary>Fewest digits; 0 for as many as there are.</summary>
    public int Width => WidthText is null ? 0 : int.Parse(WidthText, CultureInfo.InvariantCulture);

    /// <summary>The same place and width under another name, as text.</summary>
    public string WithName(string name) => WidthText is null ? $"{{{name}}}" : $"{{{name}:{WidthText}}}";

    /// <summary>As it is written in the template.</summary>
    public override string ToString() => WithName(Name);
}

/// <summary>A part of a template that cannot be understood.</summary>
/// <param name="Index">Where it begins in the template.</param>
/// <param name="Text">The part itself.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record TemplateFault(int Index, string Text, string Why);

/// <summary>What a placeholder stands for; only numbers take a width.</summary>
internal readonly record struct TemplateValue(string Text, bool IsNumber)
{
    public static implicit operator TemplateValue(long number) => new(number.ToString(CultureInfo.InvariantCulture), true);

    public static implicit operator TemplateValue(string text) => new(text, false);

    public string Padded(int width) => IsNumber ? Text.PadLeft(width, '0') : Text;
}
