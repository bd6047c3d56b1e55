using System.Text.Encodings.Web;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>Holds what a plan says of a StackScript against what the script asks for.</summary>
internal static class StackScriptCheck
{
    /// <summary>What is wrong, the text of the script included where it is known already.</summary>
    public static IEnumerable<Problem> Of(ResolvedAction action) =>
        NotInCreateCall(action).Concat(action.Text is null ? [] : OfText(action, action.Text));

    /// <summary>What an action may not say that rides in the create call.</summary>
    public static IEnumerable<Problem> NotInCreateCall(ResolvedAction action)
    {
        if (action.Retries > 0)
        {
            yield return RiderProblems.NotInCreateCall(action.Kind, "retries");
        }

        if (action.RunOn != RunOn.All)
        {
            yield return RiderProblems.NotInCreateCall(action.Kind, "run-on");
        }
    }

    private static IEnumerable<Problem> OfText(ResolvedAction action, string text)
    {
        var fields = StackScriptField.Of(text);
        var names = fields.Select(field => field.Name).ToList();
        foreach (var field in fields)
        {
            if (BootScriptText.OwnFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
            {
                yield return RiderProblems.OwnField(action.Name, field.Name);
            }

            if (field.Default is null && !action.With.ContainsKey(field.Name))
            {
                yield return RiderProblems.FieldMissing(action.Name, field);
            }
        }

        foreach (var (name, value) in action.With)
        {
            if (fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                yield return RiderProblems.UnknownField(action.Name, name, Hints.Nearest(name, names), names);
            }
            else if (!SecretReference.IsReference(value) && Stray(field, value) is { } stray)
            {
                yield return RiderProblems.FieldValue(action.Name, name, stray, field.TakesSeveral, field.Choices!);
            }
        }

        // The longer of its two forms: one script then fits every image.
        if (BootScriptText.Of(closes: true, text).Length is var length && length > BootScriptText.Most)
        {
            yield return RiderProblems.TooLong($"{action.Name} with what runs it", length);
        }

        if (DataLength(action.With) is var size && size > BootScriptText.Most)
        {
            yield return RiderProblems.TooLong($"what {action.Name} is given", size);
        }
    }

    /// <summary>Characters of the values as JSON.</summary>
    public static int DataLength(IEnumerable<KeyValuePair<string, string>> values) =>
        2 + values.Sum(pair => 6 + Escaped(pair.Key) + Escaped(pair.Value));

    private static int Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.Default).Value.Length;

    private static string? Stray(StackScriptField field, string value) =>
        field.Choices is not { } choices ? null
        : (field.TakesSeveral ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [value])
            .FirstOrDefault(one => !choices.Contains(one));
}
