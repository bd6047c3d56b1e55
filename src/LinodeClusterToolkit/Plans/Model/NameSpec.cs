using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A name template and the scalar it was written as.</summary>
internal sealed record NameSpec(NameTemplate Template, PlanScalar Scalar, PlanPlace Place);
