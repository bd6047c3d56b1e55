using System.Globalization;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The three types that API v3 has, and a truth value that wants a digit.</summary>
internal enum ParameterType
{
    Number,
    Text,
    Flag,
    Digit,
}

/// <summary>A parameter of an action: what may be sent, what must be, and what holds when it is not.</summary>
internal sealed record Parameter(string Name, ParameterType Type, string? Default = null, bool IsRequired = false)
{
    /// <summary>The same, but it has to be there.</summary>
    public Parameter Required => this with { IsRequired = true };

    /// <summary>How the API's own description names the type.</summary>
    public string TypeName => Type switch
    {
        ParameterType.Number => "numeric",
        ParameterType.Text => "string",
        _ => "boolean",
    };

    public static Parameter Num(string name, long? otherwise = null) =>
        new(name, ParameterType.Number, otherwise?.ToString(CultureInfo.InvariantCulture));

    public static Parameter Str(string name, string? otherwise = null) => new(name, ParameterType.Text, otherwise);

    public static Parameter Bool(string name, bool? otherwise = null) => new(name, ParameterType.Flag, Text(otherwise));

    /// <summary>A truth value that has to be sent as 1 or 0.</summary>
    public static Parameter Digit(string name, bool? otherwise = null) => new(name, ParameterType.Digit, Text(otherwise));

    /// <summary>What is wrong with what was sent, if anything is.</summary>
    public ErrorCode? Complaint(string? sent) => sent switch
    {
        null => IsRequired ? ErrorCode.Missing with { Message = $"{Name} is required but was not passed in" } : null,
        "" when Type == ParameterType.Number && !IsRequired => null,
        _ when IsValid(sent) => null,
        _ => ErrorCode.Invalid with { Message = $"{Name} is not {(Type == ParameterType.Digit ? "1 or 0" : TypeName)}" },
    };

    public static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" => true,
        "0" or "FALSE" => false,
        _ => null,
    };

    private bool IsValid(string text) => Type switch
    {
        ParameterType.Number => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        ParameterType.Flag => Flag(text) is not null,
        ParameterType.Digit => text is "1" or "0",
        _ => true,
    };

    private static string? Text(bool? flag) => flag is { } known ? (known ? "true" : "false") : null;
}
