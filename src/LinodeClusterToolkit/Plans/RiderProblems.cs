using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>Everything that can be wrong with what rides in the create call of nodes: StackScripts, and parts of user data.</summary>
internal static class RiderProblems
{
    public const string NotInCreateCallCode = "LCT2130";
    public const string FieldMissingCode = "LCT2131";
    public const string UnknownFieldCode = "LCT2132";
    public const string FieldValueCode = "LCT2133";
    public const string TooLongCode = "LCT2134";
    public const string NoStackScriptCode = "LCT2135";
    public const string OtherImageCode = "LCT2136";
    public const string UnknownPartCode = "LCT2137";
    public const string ReservedKeyCode = "LCT2138";
    public const string CloudConfigCode = "LCT2139";
    public const string UserDataTooBigCode = "LCT2140";
    public const string NoUserDataCode = "LCT2141";

    public static Problem NotInCreateCall(string kind, string option) => new(NotInCreateCallCode, $"{kind} takes no \"{option}\"",
        Why: "it goes with the call that creates a node, and runs once, at the first boot of every node of the group",
        Fix: [$"leave {option} out", "or make it a shell action"]);

    public static Problem FieldMissing(string action, StackScriptField field) => new(FieldMissingCode,
        $"{action} needs a value for \"{field.Name}\"",
        Why: $"it asks for it ({field.Label}), and has no default",
        Fix: [$"with: {{ {field.Name}: … }}", $"or with: {{ {field.Name}: secret:name }}"]);

    public static Problem UnknownField(string action, string name, IReadOnlyList<string> nearest, IReadOnlyList<string> known) => new(
        UnknownFieldCode, $"{action} does not ask for \"{name}\"",
        Fix: nearest.Count > 0 ? [$"did you mean \"{nearest[0]}\"?"]
            : known.Count > 0 ? [$"it asks for {string.Join(", ", known)}"] : ["leave it out: it asks for nothing"]);

    public static Problem FieldValue(string action, string name, string value, bool several, IEnumerable<string> choices) => new(
        FieldValueCode, $"\"{value}\" is none of the choices for \"{name}\" of {action}",
        Fix: [$"{(several ? "some of these, with commas between them" : "one of")}: {string.Join(", ", choices)}"]);

    public static Problem OwnField(string action, string name) => new(FieldValueCode,
        $"{action} asks for \"{name}\", which is a name of the toolkit's own",
        Fix: ["give that field of the script another name"]);

    public static Problem TooLong(string what, int found) => new(TooLongCode,
        $"{what} would have {found} characters, more than the {BootScriptText.Most} that the platform takes",
        Fix: ["make it shorter", "or have it fetch what is large"]);

    public static Problem NoStackScript(string action, string why) => new(NoStackScriptCode, $"there is no {action}",
        Why: why, Fix: ["look it up in Cloud Manager, StackScripts; it is named by user/label or by its id", "or use a file"]);

    public static Problem Several(string action, IEnumerable<long> ids) => new(NoStackScriptCode, $"{action} is the name of several StackScripts",
        Why: "labels need not be unique", Fix: [$"name the right one by its id: {string.Join(", ", ids.Select(id => $"stackscript:{id}"))}"]);

    public static Problem OtherImage(string action, string image, IReadOnlyList<string> images) => new(OtherImageCode,
        $"{action} does not run on {image}",
        Why: $"it is made for {string.Join(", ", images)}", Fix: ["take one of those images", "or another script"]);

    public static Problem UnknownPart(string action, string found) => new(UnknownPartCode,
        $"{action} begins with \"{found}\", which says nothing that is taken",
        Why: "the first line of a part of user data says what it is", Fix: [$"begin it with one of {string.Join(", ", UserDataPart.Beginnings)}"]);

    public static Problem ReservedKey(string place, string key, string instead) => new(ReservedKeyCode,
        $"\"{key}\" of {place} would undo what makes a node closed and known",
        Fix: [instead]);

    public static Problem NoCloudConfig(string place, string why) => new(CloudConfigCode, $"{place} is no cloud-config", Why: why,
        Fix: ["write it as YAML: keys, each with a colon and its value"]);

    public static Problem UnknownKey(string place, string key, IReadOnlyList<string> nearest) => new(CloudConfigCode,
        $"cloud-init knows no \"{key}\" ({place})", Fix: nearest.Count > 0 ? [$"did you mean \"{nearest[0]}\"?"] : ["take it out"]);

    public static Problem WrongKind(string place, string key, string wanted, string found) => new(CloudConfigCode,
        $"\"{key}\" should be {wanted}, not {found} ({place})", Fix: [$"write {wanted}"]);

    public static Problem UserDataTooBig(int found, int most, int ours) => new(UserDataTooBigCode,
        $"the user data of a node would have {found} bytes, more than {most}",
        Why: $"what closes the node takes {ours} of them, packed; the parts of the plan take the rest",
        Fix: ["make the parts smaller", "or do some of it by a shell action, which has room for 256 KiB"]);

    public static Problem NoUserData(string group, string image, string region, bool isRegion) => new(NoUserDataCode,
        $"group {group}, {image} in {region}, cannot have a cloudinit part",
        Why: isRegion ? $"{region} has no metadata service, which cloud-init gets it from" : $"{image} has no cloud-init",
        Fix: [isRegion ? "choose a region with Metadata" : "choose an image with cloud-init", "or make it a shell action"]);
}
