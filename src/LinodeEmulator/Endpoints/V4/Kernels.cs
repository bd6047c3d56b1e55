using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Kernels
{
    private static readonly Filterable<KernelWire> Fields = new Filterable<KernelWire>()
        .Text("label", kernel => kernel.Label)
        .Text("version", kernel => kernel.Version)
        .Text("architecture", kernel => kernel.Architecture)
        .Flag("kvm", kernel => kernel.Kvm)
        .Flag("pvops", kernel => kernel.Pvops)
        .Flag("deprecated", kernel => kernel.Deprecated);

    public static void Map(RouteTable routes)
    {
        routes.List(
            "linode/kernels",
            "*",
            call => call.Page(call.Cloud.Catalogue.KernelList, Fields, kernel => kernel, V4Json.Default.PageKernelWire),
            isPublic: true);
        routes.Get(
            "linode/kernels/{kernelId}",
            "*",
            call => Reply.Json(
                call.Cloud.Catalogue.Kernels.GetValueOrDefault(call.Slug("kernelId")) ?? throw ApiProblem.NotFound, V4Json.Default.KernelWire),
        isPublic: true);
    }
}
