using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Whose an image is, and what it was made of: marks that travel in the call that makes it. Several customers may share an account, and an image
/// outlives the cluster it was made of, so no record says it: the marks alone do.</summary>
/// <param name="Customer">The mark of whoever works.</param>
internal sealed record ImageMarks(string Customer)
{
    private const string CustomerPrefix = "lct-of:";
    private const string SourcePrefix = "lct-from:";

    /// <summary>Those of a customer; what the customer is called cannot be read from them.</summary>
    public static ImageMarks Of(ToolkitContext context) => new(
        CustomerPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Application}\n{context.Customer}")))[..16]);

    /// <summary>The mark of a disk of a node.</summary>
    public static string Source(long node, long disk) => string.Create(CultureInfo.InvariantCulture, $"{SourcePrefix}{node}:{disk}");

    /// <summary>The mark of a file.</summary>
    public static string Source(string hash) => $"{SourcePrefix}file:{hash}";

    /// <summary>The node an image was made of, where it says so.</summary>
    public static long? NodeOf(IReadOnlyList<string> tags) =>
        tags.FirstOrDefault(tag => tag.StartsWith(SourcePrefix, StringComparison.Ordinal)) is { } source
        && long.TryParse(source.AsSpan(SourcePrefix.Length, Math.Max(0, source.LastIndexOf(':') - SourcePrefix.Length)), NumberStyles.None,
            CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Whether this customer made it.</summary>
    public bool IsOurs(IReadOnlyList<string> tags) => tags.Contains(Customer);

    /// <summary>Whether another customer made it: then it is neither shown nor given.</summary>
    public bool IsOthers(IReadOnlyList<string> tags) =>
        !IsOurs(tags) && tags.Any(tag => tag.StartsWith(CustomerPrefix, StringComparison.Ordinal));
}
