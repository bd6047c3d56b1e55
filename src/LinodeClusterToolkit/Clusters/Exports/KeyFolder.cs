using System.Text;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>A private folder with what programs need to get in: a file for each private key, and the host keys that are known.</summary>
/// <param name="path">Its full path.</param>
internal sealed class KeyFolder(string path)
{
    /// <summary>What files of private keys are called.</summary>
    public const string Pattern = "*" + End;

    private const string End = ".key";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal); // by fingerprints
    private readonly SortedDictionary<string, IEnumerable<string>> known = new(StringComparer.Ordinal);

    public string Path => path;

    public int Keys => files.Count;

    public string KnownHosts => System.IO.Path.Combine(path, "known_hosts");

    /// <summary>Makes the folder, or refuses one that others can look into.</summary>
    public void Open() => PrivateFiles.EnsureFolder(path);

    /// <summary>The file of a key, which is there on return; nodes with one key have one file, called after the first of them.</summary>
    public string Keep(string label, SshKeyPair pair)
    {
        if (!files.TryGetValue(pair.Public.Fingerprint, out var file))
        {
            files[pair.Public.Fingerprint] = file = System.IO.Path.Combine(path, label + End);
            Write(file, pair.Private.Reveal());
        }

        return file;
    }

    /// <summary>Takes note of the host keys a node may show.</summary>
    public void Know(ExportNode node) => known[ConfigurationTools.AliasOf(node.Node)] = node.Node.HostKeys;

    /// <summary>Writes the known host keys, and deletes key files that stand for no node any more.</summary>
    /// <param name="isOwn">Whether the folder is the toolkit's: what others have put in theirs stays.</param>
    public void Close(bool isOwn)
    {
        Write(KnownHosts, string.Concat(known.SelectMany(host => host.Value.Select(key => $"{host.Key} {key}\n"))));
        PrivateFiles.Guard(path, () =>
        {
            foreach (var old in isOwn ? Directory.GetFiles(path, Pattern).Except(files.Values) : [])
            {
                File.Delete(old);
            }
        });
    }

    // Whole or not at all: a program may be reading it, since one that asks for an inventory has it written each time.
    private static void Write(string file, string text)
    {
        PrivateFiles.RefuseLink(file);
        PrivateFiles.Guard(file, () =>
        {
            if (File.Exists(file) && File.ReadAllText(file) == text)
            {
                PrivateFiles.RefuseUnsafe(file);
                return;
            }

            var beside = $"{file}~{Guid.NewGuid():N}";
            try
            {
                using (var stream = PrivateFiles.Open(beside, FileMode.CreateNew))
                {
                    stream.Write(Utf8.GetBytes(text));
                }

                File.Move(beside, file, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        });
    }
}
