#!/usr/bin/env dotnet
#:project ../src/LinodeClusterToolkit/LinodeClusterToolkit.csproj
#:property TargetFramework=net10.0
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Shows what a plan would make and what it costs. Run it: dotnet run samples/first-cluster.cs plans/ha-wordpress.yaml
using LinodeClusterToolkit;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

var file = args.Length > 0 ? args[0] : "plans/ha-wordpress.yaml";
var scratch = Directory.CreateTempSubdirectory("lct-sample-").FullName;
await using var toolkit = new LinodeToolkit(new LinodeToolkitOptions
{
    DataFolder = Path.Combine(scratch, "data"),
    CacheFolder = Path.Combine(scratch, "cache"),
    Token = () => new Sensitive(Environment.GetEnvironmentVariable("LINODE_TOKEN") ?? ""),
});

var source = new PlanSource(file, Path.GetDirectoryName(Path.GetFullPath(file)), File.ReadAllText(file));
var result = await toolkit.ResolveAsync(source, "sample");
foreach (var problem in result.Problems)
{
    Console.Error.WriteLine(problem);
}

if (!result.IsValid)
{
    return 3;
}

var plan = result.Value!;
foreach (var region in plan.Regions)
{
    foreach (var group in region.Groups)
    {
        Console.WriteLine($"{region.Id,-12} {group.Name,-16} {group.Nodes.Count,4} x {group.Nodes[0].Type}");
    }
}

var cost = await toolkit.GetCostAsync(plan);
Console.WriteLine($"{plan.Nodes.Count()} nodes, ${cost.Monthly:0.00} a month");
return 0;
