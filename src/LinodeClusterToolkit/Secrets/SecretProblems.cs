using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>What can go wrong with secrets.</summary>
internal static class SecretProblems
{
    public static Problem NoSuchFile(string name, string value) => new(
        "LCT1032", $"'{value}' is neither a public key nor a file that exists", Where: name,
        Fix: ["give the path of a .pub file, or the key itself as one argument in quotes"]);

    public static Problem BadToken(string name, string why) => new(
        "LCT1034", $"the value for {name} cannot be right", Where: name, Why: why, Fix: ["copy it again, without quotes or blanks around it"]);

    public static Problem WeakPassword(string name, string why) => new(
        "LCT1035", $"the value for {name} would be refused by the API", Where: name, Why: why,
        Fix: ["use 11 to 128 characters with letters, digits and signs"]);

    public static Problem FolderInTheWay(string name, string taken) => new(
        "LCT1036", $"a secret '{name}' cannot stand beside '{taken}'", Where: name, Why: "parts before a '/' are folders, and a secret is a file",
        Fix: ["choose another name"]);

    public static Problem Missing(SecretReference wanted, string store) => new(
        "LCT3004", $"no secret '{wanted.Name}' in {store}", Where: wanted.ToString(), Fix: ["store it there", "or name one that is there"]);

    public static Problem NotText(string path) => new(
        "LCT7210", $"{path} is not text", Where: path, Why: "a secret is UTF-8 text; this file holds other bytes", Fix: ["store the secret again"]);

    public static Problem Locked(string path, TimeSpan waited) => new(
        "LCT7211", "another process is writing secrets and does not come to an end", Where: path,
        Why: $"it has held this file for {waited.TotalSeconds:0} seconds",
        Fix: ["look for a program of this toolkit that hangs, and end it"]);

    public static Problem NoDocument(string path, string why) => new(
        "LCT7220", $"{path} holds no secrets that can be read", Where: path, Why: why,
        Fix: ["use the version of this program that wrote it", "put a copy of the file from before in its place"]);

    public static Problem NoPassphrase(string path) => new(
        "LCT7206", "there is no passphrase for the encrypted secrets", Where: path, Why: "none was given, or an empty one",
        Fix: ["give one", "or use another secret store than encrypted"]);

    public static Problem Reserved(string name, string others) => new(
        "LCT1038", $"a secret cannot be called '{name}'", Where: name, Why: $"names that begin with {others} are those of other customers",
        Fix: ["choose another name", "or name the customer with --customer"]);

    public static Problem ReadOnly(string name, string variable) => new(
        "LCT7207", $"the secret '{name}' cannot be written", Where: variable, Why: "secrets of the environment are read only",
        Fix: [$"set {variable} before the program starts", "or use another secret store than environment"]);
}
