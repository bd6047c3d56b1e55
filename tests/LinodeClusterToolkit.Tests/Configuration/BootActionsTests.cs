using System.Diagnostics;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>Actions of every boot: which of them nodes do by themselves, and what runs them there.</summary>
public sealed class BootActionsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_node_can_do_alone_is_put_there_and_the_rest_is_done_from_here()
    {
        var shell = new ScriptedShell();
        var inside = await Inside.OfAsync(shell, Node("web", 1));
        ResolvedAction[] actions =
        [
            Shell("one") with { Retries = 2, With = new Dictionary<string, string> { ["word"] = "it's" } },
            Shell("two") with { RunOn = RunOn.First }, Shell("three"), Shell("four") with { RunOn = RunOn.EachInTurn },
            Shell("other") with { At = Transition.ClusterStarting },
        ];
        var plan = Plan([Node("web", 1)]);
        plan = plan with { Regions = [plan.Regions[0] with { Groups = [plan.Regions[0].Groups[0] with { Actions = actions }] }] };
        var part = new RunActions(inside.Tools, BuiltIns.Configurators.ToDictionary(one => one.Kind.Name));

        await Inside.RunAsync(part.StepsFor(ChangePlanner.Additions(Cluster, plan, [], [])).Where(step => step.Work is not null));

        Assert.Equal(5, shell.Scripts.Count);
        Assert.Equal(["001 001 003", "003 001 003"], shell.Scripts.Where(script => script.Contains("lct-boot.service", StringComparison.Ordinal))
            .Select(script => $"{Value(script, "number")} {Value(script, "wanted")}"));
        var first = shell.Scripts.Single(script => script.Contains("number='001'", StringComparison.Ordinal));
        Assert.Equal(("2", "shell:inline"), (Value(first, "retries"), Value(first, "name")));
        Assert.Contains("echo one", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_run_in_order_each_once_a_boot_and_the_first_that_fails_ends_it()
    {
        Put("001", "echo first >>$log");
        Put("002", "echo second >>$log; echo trouble; test -e $log.mended");
        Put("003", "echo third >>$log");

        Assert.Equal(1, await BootAsync());
        Assert.Equal(["first", "second"], File.ReadAllLines(folder["log"]));
        Assert.Equal(("0\n", "1\n", "trouble\n"), (Run("001.code"), Run("002.code"), Run("002.out")));
        Assert.False(File.Exists(folder["run/003.code"]));

        File.WriteAllText(folder["log.mended"], "");
        Assert.Equal(0, await BootAsync());
        Assert.Equal(["first", "second", "second", "third"], File.ReadAllLines(folder["log"]));
        Assert.Contains("shell:002 ended with exit code 1\ntrouble\n", File.ReadAllText(folder["boot.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_may_be_tried_again_is_after_a_pause()
    {
        Put("001", "echo again >>$log; test \"$(wc -l <$log)\" -ge 3", retries: 5);

        Assert.Equal(0, await BootAsync());

        Assert.Equal(["again", "again", "again"], File.ReadAllLines(folder["log"]));
        Assert.Equal(["2", "4"], File.ReadAllLines(folder["pauses"]));
    }

    private static ResolvedAction Shell(string says) => new(Transition.Boot, "shell", "inline") { Text = $"echo {says}" };

    private static string Value(string script, string name) => script.Split($"{name}='")[1].Split('\'')[0];

    private void Put(string number, string script, int retries = 0)
    {
        Directory.CreateDirectory(folder[$"boot.d/{number}"]);
        File.WriteAllText(folder[$"boot.d/{number}/script"], $"log={folder["log"]}\n{script}\n");
        File.WriteAllText(folder[$"boot.d/{number}/name"], $"shell:{number}\n");
        File.WriteAllText(folder[$"boot.d/{number}/retries"], $"{retries}\n");
    }

    private string Run(string name) => File.ReadAllText(folder[$"run/{name}"]);

    /// <summary>Runs what boots run, with this test's folder for the system's and a pause that only says how long it is.</summary>
    private async Task<int> BootAsync()
    {
        var source = ShellScript.Source("Configuration", "boot");
        var text = source.Split("<<'BOOT'\n")[1].Split("\nBOOT\n")[0]
            .Replace("/etc/lct/boot.d", folder["boot.d"], StringComparison.Ordinal).Replace("/run/lct-boot", folder["run"], StringComparison.Ordinal)
            .Replace("/var/log/lct-boot.log", folder["boot.log"], StringComparison.Ordinal)
            .Replace("set -u\n", $"set -u\nsleep() {{ echo \"$1\" >>{folder["pauses"]}; }}\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["boot"], text);
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [folder["boot"]]))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
