using EndToEnd.Tests.Leaks;

namespace EndToEnd.Tests;

/// <content>What every test ends with: nothing that a user keeps secret stands anywhere but where it is kept.</content>
internal sealed partial class Desk
{
    private const string PublicKey = "default-root-ssh-public-key"; // the one thing in the store that is no secret
    private readonly Dictionary<string, string> secrets = new(StringComparer.Ordinal); // names by values
    private readonly List<(string Place, string Text)> heard = [];
    private readonly DateTime began = DateTime.UtcNow;
    private readonly List<(Func<string, bool> IsMeant, string Why)> exceptions = [];

    /// <summary>What all secrets this desk has had so far are called, by their values.</summary>
    public IReadOnlyDictionary<string, string> Secrets
    {
        get
        {
            lock (secrets)
            {
                return new Dictionary<string, string>(secrets);
            }
        }
    }

    private IEnumerable<string> Stores => Directory.Exists(Kept)
        ? Directory.EnumerateDirectories(Kept, "secrets", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Something the test gives as a secret by a way on which it is not seen here.</summary>
    public void Hide(string name, string value)
    {
        lock (secrets)
        {
            secrets.TryAdd(value, name);
        }
    }

    /// <summary>A place where a secret stands on purpose, and why.</summary>
    public void Expose(Func<string, bool> isMeant, string why) => exceptions.Add((isMeant, why));

    /// <summary>Looks for every secret this desk ever had in all that is left: files, outputs, the emulator's words, command lines.</summary>
    public LeakSearch Search(Needles? needles = null)
    {
        Learn();
        needles ??= new Needles();
        foreach (var (value, name) in Secrets)
        {
            needles.Add(name, value);
        }

        var (search, stores) = (new LeakSearch(needles), Stores.Select(store => store + "/").ToList());
        search.InFolder(Home, file => stores.Exists(store => file.StartsWith(store, StringComparison.Ordinal)) || IsPrivateKey(file));
        foreach (var place in Passing())
        {
            search.InFolder(place, _ => false);
        }

        lock (secrets)
        {
            heard.ForEach(one => search.InText(one.Place, one.Text));
        }

        Cloud.Testimony.ToList().ForEach(one => search.InText(one.Place, one.Text));
        search.InProcesses();
        return search;
    }

    private async Task AssertSecrecyAsync()
    {
        var found = await Task.Run(() => Search());
        var leaks = found.Found.Where(leak => !exceptions.Exists(exception => exception.IsMeant(leak))).ToList();
        Assert.True(leaks.Count == 0, $"secrets stand where they must not:\n{string.Join('\n', leaks)}\n({found})");
    }

    /// <summary>What a program said, kept for the search; and what it has put into the store, which the next one may take away.</summary>
    private void Heard(string place, string text)
    {
        lock (secrets)
        {
            heard.Add((place, text));
        }

        Learn();
    }

    private void Learn()
    {
        var variables = Environment.Where(one => one.Value is not null
            && (one.Key.EndsWith("TOKEN", StringComparison.Ordinal) || one.Key.EndsWith("PASSPHRASE", StringComparison.Ordinal)));
        foreach (var (name, value) in variables)
        {
            Hide(name, value!);
        }

        Hide("the token", Token);
        foreach (var store in Stores)
        {
            foreach (var file in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != PublicKey))
            {
                Keep(file, Path.GetRelativePath(store, file));
            }
        }

        foreach (var file in Directory.EnumerateFiles(Home, "*", SearchOption.AllDirectories).Where(IsPrivateKey))
        {
            Keep(file, Path.GetRelativePath(Home, file));
        }
    }

    // One written by a program that is at work may go at any time, or be half there.
    private void Keep(string file, string name)
    {
        try
        {
            Hide(name, File.ReadAllText(file));
        }
        catch (IOException)
        {
            // Another look follows.
        }
    }

    private static bool IsPrivateKey(string file)
    {
        try
        {
            using var text = new StreamReader(file);
            var begin = new char[40];
            return new string(begin, 0, text.ReadBlock(begin)) is var said && said.StartsWith("-----BEGIN", StringComparison.Ordinal)
                && said.Contains("PRIVATE KEY", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Where programs of ours put what is there for a moment; the folders of others are not ours to read.
    private IEnumerable<string> Passing() => new[] { Path.GetTempPath(), "/dev/shm" }.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "lct-*")).Where(folder => Directory.GetCreationTimeUtc(folder) >= began);
}
