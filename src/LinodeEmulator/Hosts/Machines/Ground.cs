using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>The place that one emulator has on this machine, next to others: a number that is its own as long as it lives, and the names, folders and
/// addresses that follow from it.</summary>
internal sealed class Ground : IDisposable
{
    public const int Most = 32;
    public const string Top = "/run/linode-emulator";
    private readonly FileStream _lock;

    private Ground(int number, FileStream held, string folder, bool isKept)
    {
        (_lock, Number, Folder, IsKept) = (held, number, folder, isKept);
    }

    public int Number { get; }

    /// <summary>Where disks and console logs are.</summary>
    public string Folder { get; }

    /// <summary>Whether the folder outlives the emulator.</summary>
    public bool IsKept { get; }

    /// <summary>Where its file systems are mounted.</summary>
    public string Runtime => RuntimeOf(Number);

    /// <summary>The network namespace that everything is in, and the only link to it.</summary>
    public string Namespace => $"le{Number}";

    /// <summary>Writes down what a later emulator needs to know to clean up after this one, should it be killed.</summary>
    public void Occupy()
    {
        Files.MakePrivateFolder(Runtime);
        Native.Share(Runtime);
        Files.WritePrivate($"{Runtime}/folder", Folder);
        if (!IsKept)
        {
            Files.WritePrivate($"{Runtime}/temporary", "");
        }
    }

    public static string RuntimeOf(int number) => $"{Top}/{number}";

    public string NamespaceOf(long machine) => string.Create(CultureInfo.InvariantCulture, $"{Namespace}-{machine}");

    public static string PathOf(string networkNamespace) => $"/run/netns/{networkNamespace}";

    public string MachineFolder(long id) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{id}");

    public string ImageFolder => $"{Folder}/images";

    public string VolumeFolder => $"{Folder}/volumes";

    public string BackupFolder => $"{Folder}/backups";

    /// <summary>The file of what is on a disk, volume or backup, by its <see cref="State.Origin"/>.</summary>
    public string FileOf(string origin) => $"{Folder}/{origin}.img";

    public string VolumeImage(long id) => string.Create(CultureInfo.InvariantCulture, $"{VolumeFolder}/{id}.img");

    /// <summary>The first number that nobody holds; for a cloud that is kept the one it had, since its addresses hang on that.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static Ground Take(string? stateDirectory)
    {
        Files.MakePrivateFolder(Top);
        var folder = stateDirectory is null ? Directory.CreateTempSubdirectory("linode-emulator-").FullName : $"{stateDirectory}/machines";
        Files.MakePrivateFolder(folder);
        var record = $"{folder}/number";
        var kept = File.Exists(record) ? int.Parse(File.ReadAllText(record), CultureInfo.InvariantCulture) : (int?)null;
        foreach (var number in kept is { } known ? [known] : Enumerable.Range(0, Most))
        {
            if (TryLock(number) is { } held)
            {
                File.WriteAllText(record, number.ToString(CultureInfo.InvariantCulture));
                return new Ground(number, held, folder, isKept: stateDirectory is not null);
            }
        }

        throw new IOException(kept is null
            ? $"{Most} emulators with machines run here already"
            : $"the addresses of this cloud are in use: emulator number {kept} of this machine is running; stop that one first");
    }

    /// <summary>A number's lock, when nobody holds it. It ends with the process that holds it, however that ends.</summary>
    public static FileStream? TryLock(int number)
    {
        try
        {
            // On Linux this is flock().
            return new FileStream($"{Top}/{number}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}
