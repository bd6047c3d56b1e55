namespace LinodeClusterToolkit.Api.V4;

/// <summary>Every kernel and boot loader.</summary>
public sealed record ListKernels() : V4List<KernelReply>($"linode/kernels", V4Json.Default.V4PageKernelReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>A kernel as the wire has it.</summary>
public sealed record KernelReply(string Id, string Label, string? Version = null, string? Architecture = null, bool Deprecated = false);
