using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>The ansible-playbook of this machine: each run has a folder of its own, which goes with it however it ends.</summary>
internal static class AnsibleProgram
{
    public const string Name = "ansible-playbook";

    // It ends its whole group, so that nothing goes on working on nodes behind our back; 124 says that it had to.
    private const int TimeWasOver = 124;
    private const int Killed = 137;

    // What stands there is on no disk.
    private const string Memory = "/dev/shm";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // Whatever the user's own configuration says, these hold: they close ways around host keys, write nothing down, and keep what is read readable.
    private static readonly (string Name, string Value)[] Settings =
    [
        ("LC_ALL", "C.UTF-8"), ("PYTHONUNBUFFERED", "1"), ("ANSIBLE_NOCOLOR", "1"), ("ANSIBLE_FORCE_COLOR", "0"), ("ANSIBLE_NOCOWS", "1"),
        ("ANSIBLE_HOST_KEY_CHECKING", "True"), ("ANSIBLE_SSH_RETRIES", "3"), ("ANSIBLE_TIMEOUT", "30"), ("ANSIBLE_PIPELINING", "True"),
        ("ANSIBLE_ASK_PASS", "False"), ("ANSIBLE_BECOME_ASK_PASS", "False"), ("ANSIBLE_RETRY_FILES_ENABLED", "False"),
        ("ANSIBLE_DEPRECATION_WARNINGS", "False"), ("ANSIBLE_LOCALHOST_WARNING", "False"), ("ANSIBLE_DISPLAY_ARGS_TO_STDOUT", "False"),
        ("ANSIBLE_NO_TARGET_SYSLOG", "True"), ("ANSIBLE_KEEP_REMOTE_FILES", "False"), ("ANSIBLE_INVENTORY_ENABLED", "yaml"),
        ("ANSIBLE_STDOUT_CALLBACK", "default"), ("ANSIBLE_CALLBACKS_ENABLED", "lct_results"),
    ];

    /// <summary>Its full path, or null where it is not installed.</summary>
    public static string? Path => LocalProgram.Find(Name);

    /// <summary>Our callback, as it stands in the sources.</summary>
    public static string Callback
    {
        get
        {
            using var stream = typeof(AnsibleProgram).Assembly.GetManifestResourceStream("LinodeClusterToolkit.Configuration.lct_results.py")!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Runs a playbook on nodes.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">There is no such program here.</exception>
    public static Task<PlaybookResult> RunAsync(PlaybookRun run, TimeProvider time, CancellationToken cancellation)
    {
        var forks = run.Forks.ToString(CultureInfo.InvariantCulture);
        return RunAsync(run, folder => ["--forks", forks, "--limit", $"@{folder}/hosts", run.Playbook], time, cancellation);
    }

    /// <summary>Reads a playbook and all that it names, and runs nothing.</summary>
    public static Task<PlaybookResult> CheckAsync(PlaybookRun run, TimeProvider time, CancellationToken cancellation) =>
        RunAsync(run, _ => ["--syntax-check", run.Playbook], time, cancellation);

    private static async Task<PlaybookResult> RunAsync(
        PlaybookRun run, Func<string, string[]> more, TimeProvider time, CancellationToken cancellation)
    {
        var program = Path ?? throw new Diagnostics.LinodeToolkitException(AnsibleProblems.NoAnsible());
        var folder = System.IO.Path.Combine(
            Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(),
            $"lct-ansible-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        PrivateFiles.EnsureFolder(folder);
        var keeper = new Keeper(folder);
        await using (keeper.ConfigureAwait(false))
        {
            var children = new Children(keeper, time);
            await using (children.ConfigureAwait(false))
            {
                Write(folder, run);
                string[] words = ["-i", $"{folder}/inventory.yaml", "-e", $"@{folder}/values.yaml", .. more(folder)];
                var start = LocalProgram.Of(
                    LocalProgram.Find("timeout") ?? program,
                    LocalProgram.Find("timeout") is null
                        ? words : ["--kill-after=5", Math.Ceiling(run.Within.TotalSeconds).ToString(CultureInfo.InvariantCulture), program, .. words],
                    [.. Own(), .. Settings, .. Places(folder), .. run.Environment.Select(variable => (variable.Key, variable.Value))]);
                start.WorkingDirectory = System.IO.Path.GetDirectoryName(run.Playbook)!;
                var ended = await children.RunAsync(start, null, run.Within + Grace, cancellation).ConfigureAwait(false);
                return Result(ended, run, await File.ReadAllTextAsync($"{folder}/results", cancellation).ConfigureAwait(false));
            }
        }
    }

    private static PlaybookResult Result(Finished ended, PlaybookRun run, string told)
    {
        var redactor = new Redactor();
        foreach (var secret in run.Secrets)
        {
            redactor.Add(secret);
        }

        return new(
            ended.ExitCode is TimeWasOver or Killed ? null : ended.ExitCode, redactor.Redact(ended.Output), redactor.Redact(ended.Error),
            AnsibleReport.Read(redactor.Redact(told)));
    }

    private static void Write(string folder, PlaybookRun run)
    {
        Write("inventory.yaml", run.Inventory);
        Write("values.yaml", run.Values.Count == 0 ? "{}\n" : YamlText.Variables(run.Values));

        // Plays on this machine itself belong to it, though it is none of the nodes.
        Write("hosts", string.Join('\n', run.Hosts.Append("localhost")));
        Write("results", "");
        PrivateFiles.EnsureFolder($"{folder}/callbacks");
        Write("callbacks/lct_results.py", Callback);

        void Write(string name, string text) => PrivateFiles.Guard($"{folder}/{name}", () =>
        {
            using var file = PrivateFiles.Open($"{folder}/{name}", FileMode.CreateNew);
            file.Write(Encoding.UTF8.GetBytes(text));
        });
    }

    // Where the user keeps roles and collections, and how vaults are opened.
    private static IEnumerable<(string Name, string Value)> Own() =>
        from DictionaryEntry variable in System.Environment.GetEnvironmentVariables()
        where ((string)variable.Key).StartsWith("ANSIBLE_", StringComparison.Ordinal)
        select ((string)variable.Key, (string?)variable.Value ?? "");

    private static (string Name, string Value)[] Places(string folder) =>
        [("ANSIBLE_CALLBACK_PLUGINS", $"{folder}/callbacks"), ("ANSIBLE_LOCAL_TEMP", $"{folder}/tmp"), ("LCT_RESULTS", $"{folder}/results")];
}
