using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What a command came to.</summary>
internal sealed record Finished(int Code, string Out, string Error, TimeSpan FirstByte, TimeSpan Elapsed)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The same, after it ended with this code.</summary>
    public Finished Ended(int code)
    {
        Assert.True(Code == code, $"ended with {Code} instead of {code}\n--- stdout\n{Out}\n--- stderr\n{Error}");
        return this;
    }
}
