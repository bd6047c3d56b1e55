using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>Everything that can be wrong with a plan; each code is declared here and never changes its meaning.</summary>
internal static class PlanProblems
{
    public const string NotYamlCode = "LCT2001";
    public const string TooBigCode = "LCT2002";
    public const string EncodingCode = "LCT2003";
    public const string EmptyCode = "LCT2004";
    public const string SeveralDocumentsCode = "LCT2005";
    public const string RefusedYamlCode = "LCT2006";
    public const string DuplicateKeyCode = "LCT2007";
    public const string VersionCode = "LCT2010";
    public const string MissingCode = "LCT2011";
    public const string UnknownKeyCode = "LCT2012";
    public const string WrongKindCode = "LCT2013";
    public const string BadValueCode = "LCT2014";
    public const string UnknownWordCode = "LCT2015";
    public const string SaidTwiceCode = "LCT2016";
    public const string UnknownPlaceholderCode = "LCT2020";
    public const string BadPlaceholderCode = "LCT2021";
    public const string UnknownVariableCode = "LCT2022";
    public const string BadVariableCode = "LCT2023";
    public const string UnknownReferenceCode = "LCT2030";
    public const string OutOfRangeCode = "LCT2031";
    public const string DuplicateNameCode = "LCT2032";
    public const string SelectsNothingCode = "LCT2033";
    public const string NameClashCode = "LCT2034";
    public const string StorageTooBigCode = "LCT2040";
    public const string BootDiskCode = "LCT2041";
    public const string DeviceCode = "LCT2042";
    public const string VolumeSizeCode = "LCT2043";
    public const string ImageTooBigCode = "LCT2044";
    public const string BadLabelCode = "LCT2050";
    public const string DuplicateLabelCode = "LCT2051";
    public const string BadHostNameCode = "LCT2052";
    public const string RepeatedHostNameCode = "LCT2053";
    public const string MissingFileCode = "LCT2060";
    public const string PathEscapeCode = "LCT2061";
    public const string BadActionCode = "LCT2062";
    public const string WrongTransitionCode = "LCT2063";
    public const string CircleCode = "LCT2064";
    public const string RegionCode = "LCT2070";
    public const string TypeCode = "LCT2071";
    public const string ImageCode = "LCT2072";
    public const string RegionLacksCode = "LCT2073";
    public const string TooManyNodesCode = "LCT2080";
    public const string NotYetCode = "LCT2090";
    public const string UnreadableFileCode = "LCT7301";

    public static Problem NotYaml(string why) => new(NotYamlCode, "the text is neither YAML nor JSON",
        Why: why,
        Fix: ["look at this line and the one before it: indentation by blanks only, quotes and brackets in pairs, a blank after each colon"]);

    public static Problem TooBig(string what) => new(TooBigCode, $"the plan holds {what}",
        Why: "a plan is refused beyond this size before anything is made of it",
        Fix: ["split the plan, or say what repeats once (regionplans, storage, defaults)"]);

    public static Problem ControlCharacter(char found) => new(EncodingCode, $"the control character U+{(int)found:X4} stands in the plan",
        Why: "a plan is plain text in UTF-8", Fix: ["delete the character", "save the file as UTF-8 without control characters"]);

    public static Problem NotUtf8() => new(EncodingCode, "the plan is not UTF-8",
        Why: "a plan is plain text in UTF-8", Fix: ["save the file as UTF-8"]);

    public static Problem Unreadable(string file, string why) => new(UnreadableFileCode, $"the plan file \"{file}\" cannot be read",
        Where: file, Why: why, Fix: ["check the name and the folder", "make the file readable for this user"]);

    public static Problem Empty() => new(EmptyCode, "the plan is empty", Fix: ["begin with: version: 1, name, and regions with their nodes"]);

    public static Problem NoKeys(string noun) => new(EmptyCode, $"a plan is a group of keys, not {noun}",
        Fix: ["begin with: version: 1, name, and regions with their nodes"]);

    public static Problem SeveralDocuments() => new(SeveralDocumentsCode, "a second YAML document begins here",
        Why: "one file is one plan", Fix: ["delete the line ---, or put the second plan in a file of its own"]);

    public static Problem Tagged(string tag) => new(RefusedYamlCode, $"the YAML tag \"{tag}\" is refused",
        Why: "a plan holds texts, numbers, lists and keys, no typed objects", Fix: ["delete the tag"]);

    public static Problem KeyIsNoText() => new(RefusedYamlCode, "a key is a name, not a list or a group of keys",
        Fix: ["put quotes around a value that begins with [ or {"]);

    public static Problem MergeKey() => new(RefusedYamlCode, "the merge key \"<<\" is refused",
        Why: "an override must be visible where it holds", Fix: ["say what repeats in defaults, storage or a region plan"]);

    public static Problem DuplicateKey(string key, int firstLine) => new(DuplicateKeyCode, $"the key \"{key}\" stands here a second time",
        Why: $"the first one is on line {firstLine}", Fix: ["keep one of the two"]);

    public static Problem Version(string found) => new(VersionCode, $"version \"{found}\" of the plan language is unknown",
        Fix: ["version: 1", "or no version for a plan of 2017"]);

    public static Problem Missing(string key, string shape) => new(MissingCode, $"a {shape} needs \"{key}\"", Fix: [$"add {key}:"]);

    public static Problem NoNodes(string region) => new(MissingCode, $"region \"{region}\" has no nodes",
        Fix: ["add regionplan: with the name of a region plan", "or nodes:"]);

    public static Problem UnknownKey(string key, string shape, IReadOnlyList<string> nearest, IEnumerable<string> known) => new(UnknownKeyCode,
        $"unknown key \"{key}\" in a {shape}",
        Fix: nearest.Count > 0 ? [DidYouMean(nearest)] : [$"known here: {string.Join(", ", known)}"]);

    public static Problem KeyReadAs(string key, string shape, string meant) => new(UnknownKeyCode,
        $"unknown key \"{key}\" in a {shape}; read as \"{meant}\"", Fix: [$"did you mean \"{meant}\"?"]);

    public static Problem KeyOf2017(string key, string instead) => new(UnknownKeyCode,
        $"the key \"{key}\" belongs to plans of 2017", Fix: [$"use \"{instead}\" with a list"]);

    public static Problem WrongKind(string wanted, string found) => new(WrongKindCode, $"should be {wanted}, not {found}", Fix: [$"write {wanted}"]);

    public static Problem Unquoted(string placeholder) => new(WrongKindCode, $"{{{placeholder}}} without quotes is a group of keys to YAML",
        Fix: [$"put quotes around it: '{{{placeholder}}}'"]);

    public static Problem Quoted(string wanted, string text) => new(WrongKindCode, $"should be {wanted}, not the text \"{Short(text)}\" in quotes",
        Fix: [$"without quotes: {Short(text)}"]);

    public static Problem NoValue(string key) => new(WrongKindCode, $"the key \"{key}\" has no value", Fix: ["give it a value", "or delete the key"]);

    public static Problem BadValue(string wanted, string found) =>
        new(BadValueCode, $"\"{Short(found)}\" should be {wanted}", Fix: [$"write {wanted}"]);

    public static Problem Contradiction(string what, string fix) => new(BadValueCode, what, Fix: [fix]);

    public static Problem UnknownWord(string found, IReadOnlyList<string> nearest, IEnumerable<string> known) => new(UnknownWordCode,
        $"\"{Short(found)}\" is none of {string.Join(", ", known)}",
        Fix: nearest.Count > 0 ? [DidYouMean(nearest)] : [$"one of {string.Join(", ", known)}"]);

    public static Problem WordReadAs(string found, string meant) => new(UnknownWordCode, $"\"{Short(found)}\" is read as \"{meant}\"",
        Fix: [$"did you mean \"{meant}\"?"]);

    public static Problem SaidTwice(string one, string other) =>
        new(SaidTwiceCode, $"\"{one}\" and \"{other}\" say the same thing", Fix: [$"keep \"{one}\""]);

    public static Problem UnknownPlaceholder(string name, IReadOnlyList<string> nearest, IEnumerable<string> known) => new(UnknownPlaceholderCode,
        $"unknown placeholder {{{name}}}",
        Fix: nearest.Count > 0
            ? [$"did you mean {string.Join(" or ", nearest.Select(near => $"{{{near}}}"))}?"]
            : [$"known here: {string.Join(", ", known.Select(one => $"{{{one}}}"))}", "or declare it in counters: or vars:"]);

    public static Problem PlaceholderReadAs(string name, string meant) => new(UnknownPlaceholderCode,
        $"unknown placeholder {{{name}}}, read as {{{meant}}}", Fix: [$"did you mean {{{meant}}}?"]);

    public static Problem BadPlaceholder(string text, string why) => new(BadPlaceholderCode, $"\"{Short(text)}\" is no placeholder",
        Why: why, Fix: ["write it as {counter}, or with a width as {counter:03}"]);

    public static Problem WidthOfText(string placeholder) => new(BadPlaceholderCode, $"{placeholder} pads a text",
        Why: "only numbers take a width", Fix: ["leave the width out"]);

    public static Problem UnknownVariable(string name, IReadOnlyList<string> nearest, IEnumerable<string> known) => new(UnknownVariableCode,
        $"the plan has no variable \"{Short(name)}\"", Where: $"--set {Short(name)}",
        Fix: nearest.Count > 0 ? [DidYouMean(nearest)] : known.Any() ? [$"known: {string.Join(", ", known)}"] : ["declare it in the plan's vars:"]);

    public static Problem BadVariable(string name, string value, string wanted) => new(BadVariableCode,
        $"variable \"{name}\" is {wanted}, not \"{Short(value)}\"", Where: $"--set {name}", Fix: [$"give it {wanted}, as the plan does"]);

    public static Problem UnknownReference(string noun, string name, IReadOnlyList<string> nearest, IEnumerable<string> known) =>
        new(UnknownReferenceCode,
        $"there is no {noun} \"{Short(name)}\"",
        Fix: nearest.Count > 0 ? [DidYouMean(nearest)] : known.Any() ? [$"known: {string.Join(", ", known)}"] : [$"declare the {noun}"]);

    public static Problem ReferenceReadAs(string noun, string name, string meant) => new(UnknownReferenceCode,
        $"there is no {noun} \"{Short(name)}\"; read as \"{meant}\"", Fix: [$"did you mean \"{meant}\"?"]);

    public static Problem OutOfRange(string wanted, string found) =>
        new(OutOfRangeCode, $"{Short(found)} should be {wanted}", Fix: [$"write {wanted}"]);

    public static Problem DuplicateName(string noun, string name, string first) => new(DuplicateNameCode,
        $"a second {noun} \"{Short(name)}\"", Why: $"the first is on {first}", Fix: ["give it another name", "or make one of the two"]);

    public static Problem SelectsNothing(string selector, IReadOnlyList<string> nearest, IEnumerable<string> known) => new(SelectsNothingCode,
        $"\"{Short(selector)}\" is neither a tag nor a group here",
        Fix: nearest.Count > 0 ? [DidYouMean(nearest)] : [$"known: {string.Join(", ", known)}"]);

    public static Problem SelectorReadAs(string selector, string meant) => new(SelectsNothingCode,
        $"\"{Short(selector)}\" is neither a tag nor a group here; read as \"{meant}\"", Fix: [$"did you mean \"{meant}\"?"]);

    public static Problem NameClash(string name, string what) => new(NameClashCode, $"\"{name}\" is {what} already", Fix: ["choose another name"]);

    public static Problem StorageTooBig(string used, string there) => new(StorageTooBigCode, $"the disks take {used} of {there}",
        Fix: ["make them smaller", "or take a larger type, or a volume (type: blockstore)"]);

    public static Problem DiskTooSmall() => new(StorageTooBigCode, "a disk of less than 1 MB", Fix: ["make it larger"]);

    public static Problem BootDisk(string what) => new(BootDiskCode, what, Fix: ["put boot: yes on the one disk that gets the image, with fs: ext4"]);

    public static Problem TooManyDevices(int found, int most) => new(DeviceCode, $"{found} disks and volumes, where a node has places for {most}",
        Fix: [$"at most {most}, from /dev/sda on"]);

    public static Problem OtherDevice(string said, string real) => new(DeviceCode, $"this one becomes {real}, not {said}",
        Why: "disks take /dev/sda, /dev/sdb … in their order, volumes follow", Fix: ["change its place in the list", $"or write device: {real}"]);

    public static Problem VolumeSize(string found, int least, int most) => new(VolumeSizeCode, $"a volume of {found}",
        Why: $"volumes have {least} to {most} whole GB", Fix: [$"a size from {least}GB to {most}GB"]);

    public static Problem ImageTooBig(string image, int needs, int has) =>
        new(ImageTooBigCode, $"{image} needs {needs} MB, the boot disk has {has} MB",
        Fix: ["make the boot disk larger", "or take a smaller image or a larger type"]);

    public static Problem BadLabel(string label, string why) => new(BadLabelCode, $"the platform would refuse the label \"{Short(label)}\"",
        Why: why, Fix: ["say other names with nodenames:"]);

    public static Problem DuplicateLabel(string label, string first) => new(DuplicateLabelCode, $"the label \"{Short(label)}\" would be given twice",
        Why: $"{first} has it too, and labels are unique in an account",
        Fix: ["put {region} or {counter} into nodenames:", "or declare the counter on top, so that it runs through all regions"]);

    public static Problem LabelMadeUnique(string template, string used) => new(DuplicateLabelCode,
        $"labels from \"{Short(template)}\" would repeat those of another group; \"{Short(used)}\" is used",
        Why: "labels are unique in an account", Fix: [$"nodenames: '{used}'"]);

    public static Problem BadHostName(string name, string why) => new(BadHostNameCode, $"\"{Short(name)}\" is no host name",
        Why: why, Fix: ["letters, digits, hyphens and dots only, such as web-1.example.com"]);

    public static Problem RepeatedHostName(string name) => new(RepeatedHostNameCode, $"several nodes of a region would be called \"{Short(name)}\"",
        Fix: ["put {counter} into the name"]) { Severity = Severity.Warning };

    public static Problem MissingFile(string file) => new(MissingFileCode, $"the file \"{Short(file)}\" is missing",
        Fix: ["put it there", "or correct the path; paths start from the folder of the plan"]);

    public static Problem OddFile(string file, string why) => new(MissingFileCode, $"the file \"{Short(file)}\" cannot be read",
        Why: why, Fix: ["put the right file there", "or correct the path; paths start from the folder of the plan"]);

    public static Problem PathEscape(string file) => new(PathEscapeCode, $"\"{Short(file)}\" leads out of the folder of the plan",
        Why: "relative paths, followed through links, must stay below the plan's folder", Fix: ["move the file below the folder of the plan"]);

    public static Problem NoFolder(string file) => new(PathEscapeCode, $"\"{Short(file)}\" starts from the plan's folder, and this plan has none",
        Fix: ["read the plan from a file", "or give an absolute path"]);

    public static Problem BadAction(string name, string why, string fix) =>
        new(BadActionCode, $"\"{Short(name)}\" is no action", Why: why, Fix: [fix]);

    public static Problem WrongTransition(string kind, string transition) => new(WrongTransitionCode, $"{kind} cannot run at \"{transition}\"",
        Why: "the platform runs it at the first boot of a node only", Fix: ["move it to firstboot", "or use ansible, localansible or shell"]);

    public static Problem DependsOnItself(IReadOnlyList<string> circle) => new(CircleCode, "groups that wait for each other would never start",
        Why: $"by depends-on: {string.Join(" → ", circle)}", Fix: ["take one of these out of depends-on"]);

    public static Problem StartsAfterItself(IEnumerable<string> circle) => new(CircleCode, "clusters that wait for each other would never start",
        Why: $"by after: {string.Join(", ", circle)}", Fix: ["take one of these out of after"]);

    public static Problem Offer(string code, Problem found) =>
        found with { Code = code, Fix = found.Fixes.Count > 0 ? found.Fix : ["look at the list of what is offered"] };

    public static Problem RegionLacks(string region, string capability, string what) =>
        new(RegionLacksCode, $"{region} has no {capability}, which {what} needs",
        Fix: ["choose a region that has it", $"or leave {what} out"]);

    public static Problem TooManyNodes(long found, int most) =>
        new(TooManyNodesCode, $"the plan has {found} nodes, more than {most}", Fix: ["make several clusters of it"]);

    public static Problem NotYet(string what, int times) =>
        new(NotYetCode, $"\"{what}\" is not acted on yet{(times > 1 ? $" ({times} places, this is the first)" : "")}",
        Why: "it was read and checked, and would have no effect", Fix: ["take it out"]);

    private static string DidYouMean(IReadOnlyList<string> nearest) => $"did you mean {string.Join(" or ", nearest.Select(name => $"\"{name}\""))}?";

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..77]}…";
}
