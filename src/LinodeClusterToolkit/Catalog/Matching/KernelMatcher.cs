namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class KernelMatcher(IReadOnlyList<Kernel> offered) : NamedMatcher<Kernel>("kernel", offered, Past.Kernels)
{
    protected override IEnumerable<string> NamesOf(Kernel kernel) => [kernel.Id[(kernel.Id.IndexOf('/') + 1)..]];

    // A current kernel before a deprecated one, then 64 bit before 32.
    protected override int Rank(Kernel kernel) => (kernel.Deprecated ? 2 : 0) + (kernel.Architecture == "x86_64" ? 0 : 1);

    protected override string? Warning(Kernel kernel) => kernel.Deprecated ? $"{kernel.Id} is deprecated" : null;
}
