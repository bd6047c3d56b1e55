using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class KernelsCommand
{
    public static Verb Create() => CatalogCommand.Create(
        "kernels", "List kernels",
        new Guide("To find a kernel for a boot configuration.", ["kernels", "kernels grub", "kernels 'latest 64 bit' -o json"], ["images"]),
        catalog => catalog.Offer.Kernels.Select(KernelDocument.From),
        kernel => $"{kernel.Id} {kernel.Label} {kernel.Version}",
        (catalog, query) => KernelDocument.From(catalog.FindKernel(query).OrThrow()),
        () => CatalogView.Kernels);
}
