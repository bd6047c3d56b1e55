using System.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>A value that prints <c>***</c> everywhere: in text, JSON, records, exceptions and the debugger.</summary>
/// <remarks>Only <see cref="Reveal"/> gives the value; call it at the edge, where it leaves for its one use.</remarks>
[DebuggerDisplay("***")]
public sealed class Sensitive : IEquatable<Sensitive>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string value;

    /// <summary>Wraps a value.</summary>
    public Sensitive(string value) => this.value = value;

    /// <summary>The value itself.</summary>
    public string Reveal() => value;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    /// <inheritdoc/>
    public bool Equals(Sensitive? other) => other is not null && other.value == value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sensitive);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);
}
