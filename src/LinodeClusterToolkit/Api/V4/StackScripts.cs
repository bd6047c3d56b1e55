using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>StackScripts that fit; without a filter there are thousands of public ones.</summary>
public sealed record ListStackScripts() : V4List<StackScriptReply>($"linode/stackscripts", V4Json.Default.V4PageStackScriptReply)
{
    /// <inheritdoc/>
    public override LimitClass Limit => LimitClass.ListStackScripts;

    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>One StackScript.</summary>
public sealed record GetStackScript(long Id)
    : V4Operation<StackScriptReply>(HttpMethod.Get, $"linode/stackscripts/{Id}", V4Json.Default.StackScriptReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Stores a StackScript; its label need not be unique.</summary>
public sealed record CreateStackScript(StackScriptBody Script) : V4Operation<StackScriptReply>(
    HttpMethod.Post, $"linode/stackscripts", V4Json.Default.StackScriptReply, JsonBody.Of(Script, V4Json.Default.StackScriptBody));

/// <summary>Deletes a StackScript.</summary>
public sealed record DeleteStackScript(long Id) : V4Operation<NoReply>(HttpMethod.Delete, $"linode/stackscripts/{Id}", null);

/// <summary>What to store: the images it runs on, and the script itself.</summary>
public sealed record StackScriptBody(
    string Label, IReadOnlyList<string> Images, string Script, string? Description = null, string? RevNote = null, bool? IsPublic = null);

/// <summary>A StackScript as the wire has it.</summary>
public sealed record StackScriptReply(
    long Id, string Label, string? Username = null, IReadOnlyList<string>? Images = null, string? Script = null, bool IsPublic = false,
    bool Mine = false, IReadOnlyList<UserDefinedFieldReply>? UserDefinedFields = null, string? Description = null);

/// <summary>A question a StackScript asks; one without a default must be answered.</summary>
public sealed record UserDefinedFieldReply(string Name, string? Label = null, string? Default = null, string? Example = null);
