using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Emulators;

/// <summary>The emulator that was started here: how to reach it and how to end it.</summary>
internal sealed record EmulatorRecord(string Url, int Pid, string Token, DateTimeOffset Started)
{
    /// <summary>What stands behind its nodes: records or machines.</summary>
    public string Hosts { get; init; } = "records";

    /// <summary>Name and token of each account, where it serves several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Accounts { get; init; }

    /// <summary>A token for the account that is called like a customer, else for the first.</summary>
    public string TokenOf(string customer) =>
        Accounts is null ? Token : Accounts.GetValueOrDefault(customer) ?? Accounts.First().Value;

    /// <summary>What whoever works on it must know.</summary>
    [JsonIgnore]
    public string Disclosure => Hosts == "records"
        ? "emulator: nodes are records on this machine; nothing boots and nothing is charged"
        : "emulator: nodes are Debian systems on this machine; nothing is charged";

    public static EmulatorRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ToolJson.Default.EmulatorRecord);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // none yet, or torn by a crash: a new one is started
        }
    }

    /// <summary>Whole or not at all: other tools may read at the same moment.</summary>
    public void Write(string file)
    {
        using (var writer = PrivateFiles.Create(file + ".new"))
        {
            writer.WriteLine(JsonSerializer.Serialize(this, ToolJson.Default.EmulatorRecord));
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
