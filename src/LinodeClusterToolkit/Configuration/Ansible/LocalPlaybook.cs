using System.Globalization;
using System.Security.Cryptography;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>A playbook that its own node runs: its folder is copied there, and is gone afterwards.</summary>
internal sealed class LocalPlaybook(ActionSite site, ConfigurationTools tools)
{
    private const string Mark = "lct result ";
    private const int TimeWasOver = 124;

    // Ansible itself may have to be fetched.
    private static readonly TimeSpan Install = TimeSpan.FromMinutes(10);
    private readonly Lazy<byte[]> packed = new(() => PlaybookFolder.Pack(site.Action));

    public async Task RunAsync(Member member, StepContext step, CancellationToken cancellation)
    {
        var archive = $".lct-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tar.gz";
        if (tools.Shell.IsReal)
        {
            await UploadAsync(member, archive, cancellation).ConfigureAwait(false);
        }

        var (values, secrets) = await tools.GivenAsync(site.Action, cancellation).ConfigureAwait(false);
        var node = tools.Book.Node(member.Key);
        var host = AnsibleHost.Of(tools.Book, node, site.Action.At);
        var account = node.Login ?? "root";
        var once = ShellScript.Of("Configuration", "packages").And("Configuration", "localansible")
            .With("archive", site.IsDoneByNode ? BootActions.FilesOf(site) : archive)
            .With("account", account)
            .With("playbook", Path.GetFileName(site.Action.File!))
            .With("inventory", AnsibleInventory.Of([host]))
            .With("values", YamlText.Variables(values.Concat(host.Facts.Where(fact => !values.ContainsKey(fact.Key)))))
            .With("plugin", AnsibleProgram.Callback)
            .With("limit", ((int)Math.Ceiling(site.Limit.TotalSeconds)).ToString(CultureInfo.InvariantCulture))
            .Call("run");
        var (script, within) = site.IsDoneByNode
            ? (BootActions.Of(site, once, account, archive), BootActions.LimitOf(site, site.Limit + Install))
            : (once, site.Limit + Install);
        var result = await tools.TryActionAsync(member.Key, site.Title, script, within, cancellation).ConfigureAwait(false);
        Judge(member, step, result, secrets);
    }

    private async Task UploadAsync(Member member, string archive, CancellationToken cancellation)
    {
        var local = Path.Combine(Path.GetTempPath(), $"lct-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        try
        {
            PrivateFiles.Guard(local, () =>
            {
                using var file = PrivateFiles.Open(local, FileMode.CreateNew);
                file.Write(packed.Value);
            });
            await tools.UploadAsync(member.Key, local, $"~/{archive}", cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(local);
        }
    }

    private void Judge(
        Member member, StepContext step, (RemoteHost Host, ShellCommand Command, RemoteResult Result) ran, IReadOnlyList<Sensitive> secrets)
    {
        if (ran.Result.IsRecorded)
        {
            return;
        }

        var redactor = new Redactor();
        foreach (var secret in secrets)
        {
            redactor.Add(secret);
        }

        var told = ran.Result.Output.Split('\n').Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..]);
        var report = AnsibleReport.Read(redactor.Redact(string.Join('\n', told)));
        if (report.Results.LastOrDefault(result => report.FailureOf(result.Host) == result) is { } failed)
        {
            throw new LinodeToolkitException(AnsibleProblems.TaskFailed(site.Action, member.Label, failed));
        }

        if (ran.Result.ExitCode == TimeWasOver)
        {
            throw new LinodeToolkitException(AnsibleProblems.TooLong(site.Action, member.Label, site.Limit, report.LastTask));
        }

        ran.Result.OrThrow(ran.Host, ran.Command);
        if (report.Recap is not { Count: > 0 })
        {
            step.Note("no play of it is for this node");
        }
    }
}
