namespace LinodeEmulator.Endpoints;

/// <summary>What a label may look like, kind by kind.</summary>
internal sealed record LabelRule(int Least, int Most, string Characters, string Doubled, bool LetterFirst, bool AlphanumericEnds)
{
    public static LabelRule Linode { get; } = new(3, 64, "-_.", "-_.", LetterFirst: true, AlphanumericEnds: true);

    public static LabelRule Volume { get; } = new(1, 32, "-_", "-_", LetterFirst: true, AlphanumericEnds: false);

    public static LabelRule NodeBalancer { get; } = new(3, 32, "-_", "", LetterFirst: false, AlphanumericEnds: false);

    public static LabelRule BalancerNode { get; } = new(3, 32, "-_.", "", LetterFirst: false, AlphanumericEnds: false);

    public static LabelRule Firewall { get; } = new(3, 32, "-_.", "-_.", LetterFirst: true, AlphanumericEnds: true);

    /// <summary>Reads a label and says what is wrong with it.</summary>
    public string? Read(BodyReader body, string name = "label")
    {
        var label = body.Text(name, Least, Most);
        if (label is not null && Complaint(label) is { } complaint)
        {
            body.Fail(name, complaint);
        }

        return label;
    }

    private string? Complaint(string label) => label switch
    {
        _ when label.Any(sign => !char.IsAsciiLetterOrDigit(sign) && !Characters.Contains(sign)) =>
            $"Label must include only ASCII letters, numbers, and {string.Join(' ', Characters.ToCharArray())}",
        _ when LetterFirst && label.Length > 0 && !char.IsAsciiLetter(label[0]) => "Label must begin with a letter",
        _ when AlphanumericEnds && label.Length > 0 && !char.IsAsciiLetterOrDigit(label[^1]) => "Label must end with a letter or number",
        _ when Doubled.Any(sign => label.Contains(new string(sign, 2), StringComparison.Ordinal)) =>
            "Label cannot have two of the same sign in a row",
        _ => null,
    };
}

/// <summary>Tags: 3 to 50 signs, those of images to 100, each named once.</summary>
internal static class TagRule
{
    public static IReadOnlyList<string>? Read(BodyReader body, int longest = 50)
    {
        var tags = body.Texts("tags");
        if (tags?.Any(tag => tag.Length < 3 || tag.Length > longest) == true)
        {
            body.Fail("tags", $"Tag length must be 3-{longest} characters");
        }

        return tags is null ? null : [.. tags.Distinct(StringComparer.Ordinal)];
    }
}
