using LinodeEmulator.Endpoints.V4;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>A StackScript that is to run at the first boot, with its data.</summary>
internal sealed record ScriptChoice(long Id, string Text, IReadOnlyDictionary<string, string> Data)
{
    private const int LongestData = 65535;

    public static ScriptChoice? Read(BodyReader body, Cloud cloud, SourceImage? image)
    {
        var id = body.Whole("stackscript_id");
        var data = body.Map("stackscript_data");
        if (id is null)
        {
            return null;
        }

        if (StackScripts.Find(cloud, id.Value) is not { } script)
        {
            body.Fail("stackscript_id", "stackscript_id is not valid");
            return null;
        }

        if (image is null || !image.IsPublic || !(script.Images.Contains("any/all") || script.Images.Contains(image.Slug)))
        {
            body.Fail("stackscript_id", "The StackScript does not work with this image");
        }

        var given = data ?? new Dictionary<string, System.Text.Json.JsonElement>();
        CheckData(body, script, given);
        return new ScriptChoice(id.Value, script.Script, Values(script, given));
    }

    public void Count(Cloud cloud)
    {
        if (cloud.Scripts.Find(Id) is { } own)
        {
            cloud.Scripts.Put(own with { Deployments = own.Deployments + 1 });
        }
    }

    /// <summary>Every field that the script asks for, as given or else its default.</summary>
    private static Dictionary<string, string> Values(StackScriptWire script, IReadOnlyDictionary<string, System.Text.Json.JsonElement> data) =>
        script.UserDefinedFields.DistinctBy(field => field.Name).ToDictionary(
            field => field.Name,
            field => data.TryGetValue(field.Name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String
                ? value.GetString()!
                : field.Default ?? "");

    private static void CheckData(BodyReader body, StackScriptWire script, IReadOnlyDictionary<string, System.Text.Json.JsonElement> data)
    {
        if (data.Sum(pair => pair.Key.Length + pair.Value.GetRawText().Length) > LongestData)
        {
            body.Fail("stackscript_data", $"Must be at most {LongestData} characters");
        }

        foreach (var field in script.UserDefinedFields)
        {
            var given = data.TryGetValue(field.Name, out var value);
            if (!given && field.Default is null)
            {
                body.Fail($"stackscript_data.{field.Name}", $"{field.Name} is required");
            }
            else if (given && value.ValueKind != System.Text.Json.JsonValueKind.String)
            {
                body.Fail($"stackscript_data.{field.Name}", "Must be a string");
            }
            else if (given && field.OneOf is { } choices && !choices.Split(',').Contains(value.GetString()))
            {
                body.Fail($"stackscript_data.{field.Name}", $"Must be one of {choices}");
            }
        }
    }
}
