using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Clusters.Imports;
using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Two customers in one secret store, one database, one folder and one account: neither sees anything of the other.</summary>
public sealed class TenancyTests : IAsyncLifetime
{
    private const string Cluster = "annas-shop";
    private const string Value = "annas-own-value-48151623";
    private const string SecretName = "annas-vault/database";
    private static readonly JsonSerializerOptions Everything = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, ReferenceHandler = ReferenceHandler.IgnoreCycles,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly TempFolder folder = new();
    private readonly FakeCloud cloud = new();
    private readonly LinodeToolkit anna;
    private readonly LinodeToolkit bert;
    private NodeRecord node = null!;
    private VolumeView volume = null!;
    private Orphan orphan = null!;
    private string run = "";
    private Guid id;
    private string tag = "";

    private const string ImageId = "private/8273645";

    public TenancyTests() => (anna, bert) = (Open("anna"), Open("bert"));

    public static TheoryData<string> Stores() => ["plain", "encrypted", "none"];

    public async Task InitializeAsync()
    {
        await anna.Secrets.SetAsync(SecretName, new(Value), default);
        var made = await anna.CreateAsync(await anna.PreviewAsync(new(Cluster, Plan("annas-plan.yaml", "annas"))), observer: null);
        Assert.Equal("done", made.Outcome);
        run = made.Run;
        await anna.KeepSetAsync("annas-set", Plan("annas-set.yaml", "kept"), new PlanSet(null, []));
        var view = await anna.GetClusterAsync(Cluster);
        (id, tag) = (view.Cluster.Id, view.Cluster.OwnerTag);
        node = await anna.ListNodesAsync(new NodeQuery()).FirstAsync();
        volume = await anna.ListVolumesAsync().FirstAsync();
        anna.NodeLog.Append(node.Label, "annas-line what she ran\n");

        // Something that carries her tag, and that her records do not know.
        cloud.Volumes.Add(cloud.Volumes[0] with { Id = 918273645, Label = "annas-lost-volume", NodeId = null });
        orphan = Assert.Single(await anna.FindOrphansAsync());
        cloud.Images.Add(new(ImageId, "annas-image", "available", 100, [ImageMarks.Of(new("app", "anna")).Customer]) { Description = "annas-line" });

        await bert.Secrets.SetAsync("berts", new("berts-own-value-1"), default);
        await bert.CreateAsync(await bert.PreviewAsync(new("berts-shop", Plan("berts.yaml", "berts"))), observer: null);
    }

    public async Task DisposeAsync()
    {
        await anna.DisposeAsync();
        await bert.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task No_public_method_shows_or_changes_anything_of_another_customer()
    {
        var before = await PictureAsync();
        Assert.Contains(Value, before);
        Assert.Contains("annas-lost-volume", before);
        var walked = new HashSet<string>(StringComparer.Ordinal);
        var shown = new List<string>();
        foreach (var (name, given, call) in Walk())
        {
            walked.Add(name);
            var (asked, answer) = (Show(given), await AnswerAsync(call));
            shown.AddRange(Marks().Where(mark => !asked.Contains(mark, StringComparison.Ordinal) && answer.Contains(mark, StringComparison.Ordinal))
                .Select(mark => $"{name} shows {mark}: {answer}"));
        }

        Assert.Equal([], shown);
        Assert.Equal(before, await PictureAsync());
        Assert.Equal([], PublicMethods().Except(walked));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Each_store_keeps_customers_apart_under_one_name(string scheme)
    {
        var (one, two, usual) = (Open("anna", scheme).Secrets, Open("bert", scheme).Secrets, Open(ToolkitContext.Usual, scheme).Secrets);
        await one.SetAsync("same/name", new("hers"), default);
        await two.SetAsync("same/name", new("his"), default);
        await usual.SetAsync("same/name", new("mine"), default);

        Assert.Equal("hers", (await one.FindAsync("same/name"))!.Reveal());
        Assert.Equal(["same/name"], (await two.ListAsync()).Where(name => name.StartsWith("same", StringComparison.Ordinal)));
        Assert.Equal(["same/name"], await usual.ListAsync());
        Assert.Equal(["same/name"], await usual.ListAsync("same/", default));
        Assert.True(await two.DeleteAsync("same/name", default));
        Assert.Equal("hers", (await one.FindAsync("same/name"))!.Reveal());
        Assert.Equal("mine", (await usual.FindAsync("same/name"))!.Reveal());
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("customers/app/anna/annas-vault/database")]
    [InlineData("customers-app-anna")]
    public async Task Nobody_reaches_another_by_a_name(string name)
    {
        var usual = Open(ToolkitContext.Usual).Secrets;
        foreach (var call in new Func<Task>[]
        {
            () => usual.ReadAsync(name, default), () => usual.SetAsync(name, new("x"), default), () => usual.TrySetAsync(name, new("x"), null, default),
            () => usual.DeleteAsync(name, default),
        })
        {
            Assert.Equal("LCT1038", (await Assert.ThrowsAsync<LinodeToolkitException>(call)).Problem.Code);
        }

        Assert.Null(await bert.Secrets.FindAsync(name));
        Assert.Equal("LCT1030", (await Assert.ThrowsAsync<LinodeToolkitException>(() => bert.Secrets.FindAsync("../anna/" + SecretName))).Problem.Code);
    }

    [Fact]
    public void No_two_contexts_share_a_scope()
    {
        string[] ids = ["a", "A", "a-b", "a/b", "a_b", "", "x61", "61", "x", "ä", "..", "me", "linodetool"];
        var scopes = ids.SelectMany(app => ids.Select(customer => new ToolkitContext(app, customer).Scope)).ToList();

        Assert.Equal(scopes.Count, scopes.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(scopes.Where(scope => scope.Length > 0), scope => Assert.True(SecretReference.IsName(scope + "n"), scope));
        Assert.Equal("", ToolkitContext.Usual.Scope);
    }

    private static PlanSource Plan(string file, string group) => new(file, null, $$"""
        version: 1
        regions:
        - region: us-east
          nodes: [{ name: {{group}}, type: g6-nanode-1, storage: [{ label: data, size: 20GB, type: blockstore }] }]
        """);

    private static IEnumerable<string> PublicMethods()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return new[] { typeof(LinodeToolkit), typeof(ISecretStore), typeof(NodeLog) }
            .SelectMany(type => type.GetMethods(Own).Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync))
                .Select(method => $"{type.Name}.{method.Name}/{method.GetParameters().Length}"));
    }

    private static string Show(object? value) => value is string text ? text : JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), Everything);

    private static async Task<string> AnswerAsync(Func<object?> call)
    {
        try
        {
            return Show(await ResultAsync(call()));
        }
        catch (Exception told)
        {
            return told + (told as LinodeToolkitException)?.Problem.ToString();
        }
    }

    private static async Task<object?> ResultAsync(object? result)
    {
        if (result is Task task)
        {
            await task;
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }

        var stream = result?.GetType().GetInterfaces().FirstOrDefault(
            one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return stream is null ? result : await (Task<IList>)typeof(TenancyTests).GetMethod(nameof(AllAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(stream.GenericTypeArguments).Invoke(null, [result])!;
    }

    private static async Task<IList> AllAsync<T>(IAsyncEnumerable<T> items) => await items.ToListAsync();

    private LinodeToolkit Open(string customer, string store = "plain") => Open(new ToolkitContext("app", customer), store);

    private LinodeToolkit Open(ToolkitContext context, string store = "plain") => new(new LinodeToolkitOptions
    {
        DataFolder = folder["data"], CacheFolder = folder["cache"], Token = () => new Sensitive("none"), Cloud = cloud, Context = context,
        Time = new Tasks.SkippingTime(), Remote = new RecordingShell(), MakeKeys = FakeKeys.MakeAsync, SecretStore = store,
        Passphrase = () => new("a passphrase of the tests"),
    });

    private string[] Marks() =>
    [
        id.ToString("D"), run, Cluster, SecretName, Value, node.Label, node.PublicIpv4!, node.HostName, "annas-set", "annas-plan.yaml", "annas-line",
        "annas-lost-volume", "918273645", "annas-image", ImageId,
    ];

    // Everything that can be asked, of names and records that are hers.
    private IEnumerable<(string Method, object? Given, Func<object?> Call)> Walk()
    {
        var taken = new HashSet<string> { "x" };
        var backup = new CloudBackup(1, "x", "snapshot", "successful", null, null) { IsAvailable = true };
        (string, object?, Func<object?>) Of(string method, object? given, Func<object?> call) => ($"LinodeToolkit.{method}", given, call);
        (string, object?, Func<object?>) Secret(string method, object? given, Func<object?> call) => ($"ISecretStore.{method}", given, call);
        (string, object?, Func<object?>) Log(string method, object? given, Func<object?> call) => ($"NodeLog.{method}", given, call);

        yield return Of("get_Secrets/0", null, () => bert.Secrets);
        yield return Of("get_NodeLog/0", null, () => bert.NodeLog);
        yield return Of("get_KnownCatalog/0", null, () => bert.KnownCatalog);
        yield return Of("get_CatalogWarning/0", null, () => bert.CatalogWarning);
        yield return Of("AuditSecretsAsync/2", folder["data"], () => bert.AuditSecretsAsync([folder["data"]]));
        yield return Of("MigrateSecretsAsync/5", null, () => bert.MigrateSecretsAsync("plain", "encrypted"));
        yield return Of("MigrateInventoryAsync/3", null, () => BertsCopyAsync(() => bert.MigrateInventoryAsync("sqlite", "json"), "inventory"));
        yield return Of("BackUpInventoryAsync/2", folder["bert.jsonl"], () => BertsCopyAsync(() => bert.BackUpInventoryAsync(folder["bert.jsonl"]), "../bert.jsonl"));
        yield return Of("RestoreInventoryAsync/2", folder["bert.jsonl"], () => bert.RestoreInventoryAsync(folder["bert.jsonl"]));
        yield return Of("CheckInventoryAsync/1", null, () => bert.CheckInventoryAsync());
        yield return Of("ListChangesAsync/2", null, () => bert.ListChangesAsync(new()));
        yield return Of("ListChangesAsync/2", id, () => bert.ListChangesAsync(new(id, node.Key)));
        yield return Of("WatchChangesAsync/2", id, () => bert.WatchChangesAsync(new(id, After: 1), new CancellationTokenSource(100).Token));
        yield return Of("MakeKeyPairAsync/1", null, () => bert.MakeKeyPairAsync());
        yield return Of("GetCatalogAsync/2", null, () => bert.GetCatalogAsync());
        yield return Of("ResolveAsync/4", Cluster, () => bert.ResolveAsync(Plan("x.yaml", "web"), Cluster));
        yield return Of("PreviewAsync/2", Cluster, () => bert.PreviewAsync(new(Cluster, Plan("x.yaml", "web"))));
        yield return Of("PreviewNodesAsync/2", Cluster, () => bert.PreviewNodesAsync(new("us-east", "g6-nanode-1", "debian12") { Label = "annas" }));
        yield return Of("ResumeAsync/5", Cluster, () => bert.ResumeAsync(Cluster, null, null));
        yield return Of("FindLeaseAsync/2", Cluster, () => bert.FindLeaseAsync(Cluster));
        yield return Of("CancelAsync/3", Cluster, () => bert.CancelAsync(Cluster, wait: false));
        yield return Of("CancelStepAsync/3", run, () => bert.CancelStepAsync(run, "create node"));
        yield return Of("RestoreStepsAsync/3", run, () => bert.RestoreStepsAsync(run, taken));
        yield return Of("ProtectAsync/3", Cluster, () => bert.ProtectAsync(Cluster, on: true));
        yield return Of("DemandUnprotectedAsync/2", Cluster, () => bert.DemandUnprotectedAsync(Cluster));
        yield return Of("DeleteAsync/5", Cluster, () => bert.DeleteAsync(Cluster, new(), null));
        yield return Of("StartAsync/5", Cluster, () => bert.StartAsync(Cluster, new(), null));
        yield return Of("StopAsync/5", Cluster, () => bert.StopAsync(Cluster, new(), null));
        yield return Of("PreviewKeysAsync/3", Cluster, () => bert.PreviewKeysAsync(Cluster, new()));
        yield return Of("RotateKeysAsync/5", Cluster, () => bert.RotateKeysAsync(Cluster, new(), null));
        yield return Of("PreviewRollAsync/3", Cluster, () => bert.PreviewRollAsync(Cluster, new() { Group = "web" }));
        yield return Of("RollAsync/5", Cluster, () => bert.RollAsync(Cluster, new() { Group = "web" }, null));
        yield return Of("DeleteNodesAsync/5", node, () => bert.DeleteNodesAsync([node], force: true, null));
        yield return Of("GetMembersAsync/2", "annas-sets", () => bert.GetMembersAsync("annas-sets"));
        yield return Of("ListClustersAsync/1", null, () => bert.ListClustersAsync());
        yield return Of("GetClusterAsync/2", "annas-sho", () => bert.GetClusterAsync("annas-sho"));
        yield return Of("ListNodesAsync/2", null, () => bert.ListNodesAsync(new(IncludeGone: true)));
        yield return Of("ListNodesAsync/2", id, () => bert.ListNodesAsync(new() { ClusterId = id }));
        yield return Of("ListNodesAsync/2", "annas", () => bert.ListNodesAsync("cluster~annas or tag!=x or state in (gone, ready)"));
        yield return Of("GetNodeAsync/3", "annas", () => bert.GetNodeAsync("annas"));
        yield return Of("RunAsync/3", node, () => bert.RunAsync(node, new("id")));
        yield return Of("RunAsync/4", node, () => bert.RunAsync([node], new("id")));
        yield return Of("UploadAsync/4", node, () => bert.UploadAsync(node, folder["data"], "/tmp/x"));
        yield return Of("DownloadAsync/4", node, () => bert.DownloadAsync(node, "/tmp/x", folder["x"]));
        yield return Of("SessionAsync/4", node, () => bert.SessionAsync(node, [], terminal: false));
        yield return Of("WhyAsync/3", node, () => bert.WhyAsync(node));
        yield return Of("TrustAsync/3", node, () => bert.TrustAsync(node, "ssh-ed25519 AAAA"));
        yield return Of("ListVolumesAsync/2", null, () => bert.ListVolumesAsync());
        yield return Of("ListVolumesAsync/2", Cluster, () => bert.ListVolumesAsync(Cluster));
        yield return Of("GetVolumeAsync/3", "annas-shop", () => bert.GetVolumeAsync("annas-shop"));
        yield return Of("ResizeVolumeAsync/3", volume, () => bert.ResizeVolumeAsync(volume, 40));
        yield return Of("CloneVolumeAsync/3", volume, () => bert.CloneVolumeAsync(volume, "berts-copy"));
        yield return Of("AttachVolumeAsync/4", volume, () => bert.AttachVolumeAsync(volume, node));
        yield return Of("DetachVolumeAsync/3", volume, () => bert.DetachVolumeAsync(volume, force: true));
        yield return Of("GetBackupsAsync/2", node, () => bert.GetBackupsAsync(node));
        yield return Of("SetBackupsAsync/3", node, () => bert.SetBackupsAsync(node, on: true));
        yield return Of("TakeSnapshotAsync/3", node, () => bert.TakeSnapshotAsync(node, "x"));
        yield return Of("GetBackupAsync/3", node, () => bert.GetBackupAsync(node, "x"));
        yield return Of("RestoreNodeAsync/4", node, () => bert.RestoreNodeAsync(node, backup));
        yield return Of("ExportAsync/4", Cluster, () => bert.ExportAsync(Cluster, "ansible"));
        yield return Of("ExportAsync/4", null, () => bert.ExportAsync("annas-sho", "json"));
        yield return Of("GetClusterNamesAsync/1", null, () => bert.GetClusterNamesAsync());
        yield return Of("ListRunsAsync/2", null, () => bert.ListRunsAsync());
        yield return Of("ListRunsAsync/2", Cluster, () => bert.ListRunsAsync(Cluster));
        yield return Of("GetIdentityAsync/2", null, () => bert.GetIdentityAsync());
        yield return Of("GetCostAsync/2", null, () => CostAsync());
        yield return Of("ListStepsAsync/2", run, () => bert.ListStepsAsync(run));
        yield return Of("FindOrphansAsync/1", null, () => bert.FindOrphansAsync());
        yield return Of("DeleteOrphanAsync/2", orphan, () => bert.DeleteOrphanAsync(orphan));
        var hers = new OwnImage(new(ImageId, "x", "available", 1, []), IsOurs: true, NodeId: null);
        yield return Of("PreviewImageAsync/2", node, () => bert.PreviewImageAsync(new(node, "x")));
        yield return Of("CreateImageAsync/3", node, () => bert.CreateImageAsync(
            new(new(node, "x"), Cluster, new(1, "x", "ready", "ext4", 1), IsRunning: true, CloudInit: true, null, [])));
        yield return Of("ListImagesAsync/1", null, () => bert.ListImagesAsync());
        yield return Of("GetImageAsync/2", "annas-imag", () => bert.GetImageAsync("annas-imag"));
        yield return Of("GetImageAsync/2", ImageId, () => bert.GetImageAsync(ImageId));
        yield return Of("FindImageUsesAsync/2", hers, () => bert.FindImageUsesAsync(hers));
        yield return Of("DeleteImageAsync/3", hers, () => bert.DeleteImageAsync(hers, force: true));
        yield return Of("ChangeImageAsync/4", hers, () => bert.ChangeImageAsync(hers, "berts"));
        yield return Of("ReplicateImageAsync/3", hers, () => bert.ReplicateImageAsync(hers, ["us-ord"]));
        yield return Of("UploadImageAsync/3", null, () => bert.UploadImageAsync(new(folder["none.img"], "annas", "us-east")));
        yield return Of("CheckImageFileAsync/3", null, () => bert.CheckImageFileAsync(new(folder["none.img"], "annas", "us-east")));
        yield return Of("DiffAsync/3", "annas-sho", () => bert.DiffAsync("annas-sho", live: true));
        yield return Of("DiffAsync/3", null, () => bert.DiffAsync("berts-shop", live: true));
        yield return Of("PreviewImportAsync/2", tag, () => bert.PreviewImportAsync(new("mine-now", tag)));
        yield return Of("PreviewImportAsync/2", node.LinodeId, () => bert.PreviewImportAsync(HerNode()));
        yield return Of("ImportAsync/2", tag, () => bert.ImportAsync(new("mine-now", tag, default, []) { Request = new("mine-now", tag) }));
        yield return Of("ImportAsync/2", node.LinodeId, () => bert.ImportAsync(new("mine-now", "x", default, []) { Request = HerNode() }));
        yield return Of("get_CanSubmit/0", null, () => bert.CanSubmit);
        yield return Of("SubmitAsync/2", Cluster, () => SubmitAsync());
        yield return Of("WithdrawAsync/2", Cluster, () => bert.WithdrawAsync(Cluster));
        yield return Of("SubmitResumeAsync/3", Cluster, () => bert.SubmitResumeAsync(Cluster, null));
        yield return Of("ListWorkersAsync/1", null, () => bert.ListWorkersAsync());
        yield return Of("DrainWorkerAsync/2", "annas-worker", () => bert.DrainWorkerAsync("annas-worker"));
        yield return Of("GetWorkLoadAsync/1", null, () => bert.GetWorkLoadAsync());
        yield return Of("ListRunEventsAsync/3", run, () => bert.ListRunEventsAsync(run));
        yield return Secret("get_Scheme/0", null, () => bert.Secrets.Scheme);
        yield return Secret("get_Description/0", null, () => bert.Secrets.Description);
        yield return Secret("ListAsync/2", null, () => bert.Secrets.ListAsync("", default));
        yield return Secret("ReadAsync/2", SecretName, () => bert.Secrets.ReadAsync(SecretName, default));
        yield return Log("FileOf/1", node, () => bert.NodeLog.FileOf(node.Label));
        yield return Log("Tail/2", node, () => bert.NodeLog.Tail(node.Label, 10));

        // What he may make under her names is his.
        yield return Of("CreateAsync/4", node, () => CreateAsync());
        yield return Secret("SetAsync/3", SecretName, () => bert.Secrets.SetAsync(SecretName, new("his"), default));
        yield return Secret("TrySetAsync/4", SecretName, () => bert.Secrets.TrySetAsync(SecretName, new("his"), null, default));
        yield return Secret("DeleteAsync/2", SecretName, () => bert.Secrets.DeleteAsync(SecretName, default));
        yield return Of("KeepSetAsync/4", "annas-set", () => bert.KeepSetAsync("annas-set", Plan("x.yaml", "b"), new PlanSet(null, [])));
        yield return Of("ForgetSetAsync/2", "annas-set", () => bert.ForgetSetAsync("annas-set"));
    }

    // A state that names her node by its id: all he has a right to know of it.
    private ImportRequest HerNode() => new("mine-now")
    {
        Terraform = new("state.json", new StateMaker().Add("linode_instance", "hers", [StateMaker.Gone(node.LinodeId!.Value, "his-word")]).Text()),
    };

    private async Task<SubmittedRun> SubmitAsync() => await bert.SubmitAsync(await bert.PreviewAsync(new("berts-other", Plan("x.yaml", "web"))));

    // A node with her node's label, which an account has once.
    private async Task<RunSummary> CreateAsync() =>
        await bert.CreateAsync(await bert.PreviewNodesAsync(new("us-east", "g6-nanode-1", "debian12") { Label = node.Label }), observer: null);

    // What he gets is what the files say that he has made by it.
    private async Task<string> BertsCopyAsync(Func<Task> copy, string place)
    {
        await copy();
        var path = Path.GetFullPath(Path.Combine(folder["data"], place));
        return File.Exists(path) ? await File.ReadAllTextAsync(path)
            : string.Join('\n', Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
    }

    private async Task<PlanCost> CostAsync() => await bert.GetCostAsync((await bert.ResolveAsync(Plan("x.yaml", "b"), "b")).Value!);

    // All of hers: what she is told, and what stands in the cloud with her tag.
    private async Task<string> PictureAsync() => string.Join('\n',
        Show(await anna.ListClustersAsync().ToListAsync()), Show(await anna.ListNodesAsync(new(IncludeGone: true)).ToListAsync()),
        Show(await anna.ListRunsAsync().ToListAsync()), Show(await anna.ListStepsAsync(run)), Show(await anna.Secrets.ListAsync("", default)),
        (await anna.Secrets.FindAsync(SecretName))!.Reveal(), Show(anna.NodeLog.Tail(node.Label, 100)), Show(await anna.GetMembersAsync("annas-set")),
        Show(await anna.FindLeaseAsync(Cluster)), Show(cloud.Nodes.Where(one => one.Tags.Contains(tag))),
        Show(cloud.Volumes.Where(one => one.Tags.Contains(tag))), Show(cloud.Firewalls.Where(one => one.Tags.Contains(tag))), Show(cloud.Images));
}
