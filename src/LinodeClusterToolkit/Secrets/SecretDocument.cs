using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>All secrets of a store that keeps them in one file, as JSON that people can read once it is decrypted.</summary>
/// <remarks>
/// Raw shape: <code>{ "format": 1, "version": 8, "secrets": { "personal-token": { "version": 3, "value": "…" } } }</code>
/// The document's version counts changes and never goes back; a secret has that of its last change, so that one that was deleted and made again is
/// another.
/// </remarks>
internal sealed class SecretDocument
{
    private const int Format = 1;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, StoredSecret> secrets = new(StringComparer.Ordinal);

    /// <summary>Another after every change.</summary>
    public long Version { get; private set; }

    public IReadOnlyCollection<string> Names => secrets.Keys;

    public StoredSecret? Find(string name) => secrets.GetValueOrDefault(name);

    /// <summary>Puts a secret where the condition holds for what is there; false where it does not.</summary>
    public bool Set(string name, Sensitive value, Func<StoredSecret?, bool> where)
    {
        if (!where(Find(name)))
        {
            return false;
        }

        _ = Utf8.GetByteCount(value.Reveal()); // what is no text is refused here, not changed on its way into the file
        secrets[name] = new(value, (++Version).ToString(CultureInfo.InvariantCulture));
        return true;
    }

    public bool Delete(string name)
    {
        var there = secrets.Remove(name);
        Version += there ? 1 : 0;
        return there;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteNumber("version", Version);
            json.WriteStartObject("secrets");
            foreach (var (name, secret) in secrets)
            {
                json.WriteStartObject(name);
                json.WriteNumber("version", long.Parse(secret.Version, CultureInfo.InvariantCulture));
                json.WriteString("value", secret.Value.Reveal());
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="path">Where it is, for problems.</param>
    /// <exception cref="LinodeToolkitException">LCT7220: it is something else.</exception>
    public static SecretDocument Read(byte[] bytes, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var format = json.RootElement.GetProperty("format").GetInt32();
            if (format != Format)
            {
                throw new LinodeToolkitException(SecretProblems.NoDocument(path, $"its format is {format}, and this version knows {Format}"));
            }

            var document = new SecretDocument { Version = json.RootElement.GetProperty("version").GetInt64() };
            foreach (var secret in json.RootElement.GetProperty("secrets").EnumerateObject())
            {
                document.secrets.Add(SecretReference.To(secret.Name).Name, new(
                    new(secret.Value.GetProperty("value").GetString() ?? throw new FormatException()),
                    secret.Value.GetProperty("version").GetInt64().ToString(CultureInfo.InvariantCulture)));
            }

            return document;
        }
        catch (Exception thrown) when (
            thrown is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Without what was thrown: its words may hold a part of the document.
            throw new LinodeToolkitException(SecretProblems.NoDocument(path, "it opens, and holds something else than secrets of this toolkit"));
        }
    }
}
