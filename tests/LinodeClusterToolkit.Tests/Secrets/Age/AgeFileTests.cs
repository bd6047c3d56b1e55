using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Age;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Secrets.Age;

public sealed class AgeFileTests
{
    private static readonly Sensitive Passphrase = new("correct horse battery staple");
    private static readonly Lazy<AgeKey> Key = new(() => AgeKey.Make(Passphrase, AgeHeader.LeastWorkFactor));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(200_000)]
    public void Gives_back_what_was_sealed(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var file = AgeFile.Seal(Key.Value, content);

        Assert.Equal(Key.Value.Header.Length + 16 + length + (16 * Math.Max(1, (length + 65_535) / 65_536)), file.Length);
        Assert.Equal(content, Open(file));
    }

    [Fact]
    public void Every_key_has_a_salt_of_its_own_and_every_file_a_nonce()
    {
        var (one, other) = (AgeKey.Make(Passphrase, 12), AgeKey.Make(Passphrase, 12));

        Assert.NotEqual(one.Header, other.Header);
        Assert.NotEqual(one.Derive([], "header"), other.Derive([], "header"));
        Assert.NotEqual(AgeFile.Seal(one, "same"u8), AgeFile.Seal(one, "same"u8));
    }

    [Fact]
    public void Another_passphrase_opens_nothing() =>
        Assert.Equal("LCT7212", Refusal(AgeFile.Seal(Key.Value, "x"u8), new Sensitive("Correct horse battery staple")));

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var file = AgeFile.Seal(Key.Value, Encoding.UTF8.GetBytes("some secrets"));
        for (var length = 0; length < file.Length; length++)
        {
            var expected = length < Key.Value.Header.Length + 32 ? "LCT7214" : "LCT7215";
            Assert.Equal((length, expected), (length, Refusal(file[..length])));
        }
    }

    [Fact]
    public void A_file_without_its_last_chunks_ends_too_early()
    {
        var file = AgeFile.Seal(Key.Value, new byte[200_000]);
        var start = Key.Value.Header.Length + 16;

        Assert.Equal("LCT7214", Refusal(file[..(start + 65_552)]));
        Assert.Equal("LCT7214", Refusal(file[..(start + (3 * 65_552))]));
        Assert.Equal("LCT7214", Refusal(file[..(start + (3 * 65_552) + 16)]));
        Assert.Equal("LCT7214", Refusal(file[..(start + 65_552 + 5)]));
        Assert.Equal("LCT7215", Refusal([.. file[..start], .. file[(start + 65_552)..]]));
        Assert.Equal("LCT7215", Refusal([.. file, 0]));
    }

    [Fact]
    public void A_last_chunk_that_is_empty_is_refused_behind_others()
    {
        var whole = AgeFile.Seal(Key.Value, new byte[65_536]);

        Assert.Equal("LCT7214", Refusal([.. whole, .. whole[^16..]]));
    }

    [Fact]
    public void A_bit_flipped_at_any_of_200_random_places_is_refused()
    {
        var file = AgeFile.Seal(Key.Value, Encoding.UTF8.GetBytes("""{ "format": 1, "version": 1, "secrets": {} }"""));
        var draw = new Random(7914);
        var codes = new HashSet<string>();
        for (var place = 0; place < 200; place++)
        {
            var (at, bit) = (draw.Next(file.Length), draw.Next(8));
            var changed = file.ToArray();
            changed[at] ^= (byte)(1 << bit);
            codes.Add(Refusal(changed));
        }

        Assert.All(codes, code => Assert.InRange(code, "LCT7212", "LCT7218", StringComparer.Ordinal));
        Assert.Contains("LCT7215", codes);
    }

    [Fact]
    public void Every_bit_of_the_header_counts()
    {
        var file = AgeFile.Seal(Key.Value, "x"u8);
        for (var bit = 0; bit < Key.Value.Header.Length * 8; bit++)
        {
            var changed = file.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Refusal(changed);
        }
    }

    [Theory]
    [InlineData("12", "11", "LCT7216")]
    [InlineData("12", "1", "LCT7216")]
    [InlineData("12", "21", "LCT7217")]
    [InlineData("12", "99999999999999999999999", "LCT7217")]
    [InlineData("12", "0", "LCT7213")]
    [InlineData("12", "-1", "LCT7213")]
    [InlineData("12", "012", "LCT7213")]
    [InlineData("12", "12 ", "LCT7213")]
    [InlineData("scrypt", "X25519", "LCT7218")]
    [InlineData("org/v1", "org/v2", "LCT7213")]
    [InlineData("\n", "\r\n", "LCT7213")]
    [InlineData("age-encryption", "-----BEGIN AGE", "LCT7213")]
    [InlineData("--- ", "---", "LCT7213")]
    [InlineData("--- ", "-> scrypt AAAA 12\nAAAA\n--- ", "LCT7218")]
    public void A_header_that_is_not_to_be_used_is_refused_before_any_work(string from, string to, string code)
    {
        var header = Encoding.Latin1.GetString(Key.Value.Header);
        var at = from == "12" ? header.IndexOf(" 12\n", StringComparison.Ordinal) + 1 : header.IndexOf(from, StringComparison.Ordinal);
        var changed = Encoding.Latin1.GetBytes(header[..at] + to + header[(at + from.Length)..]);

        Assert.Equal(code, Refusal([.. changed, .. new byte[40]]));
    }

    [Fact]
    public void Base64_that_says_the_same_in_another_way_is_refused()
    {
        var header = Encoding.Latin1.GetString(Key.Value.Header);
        var last = header[^2];
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var twin = alphabet[alphabet.IndexOf(last, StringComparison.Ordinal) | 1];

        Assert.Equal("LCT7213", Refusal(Encoding.Latin1.GetBytes(header[..^2] + twin + "\n")));
        Assert.Equal("LCT7213", Refusal(Encoding.Latin1.GetBytes(header[..^1] + "=\n")));
    }

    [Fact]
    public void The_header_is_as_the_format_has_it() => Assert.Matches(
        @"\Aage-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} 12\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n\z",
        Encoding.Latin1.GetString(Key.Value.Header));

    [Fact]
    public void No_problem_repeats_the_passphrase()
    {
        var thrown = Assert.Throws<LinodeToolkitException>(() => AgeKey.Find(AgeFile.Seal(Key.Value, "x"u8), new Sensitive("open sesame"), "f"));

        Assert.DoesNotContain("sesame", string.Create(CultureInfo.InvariantCulture, $"{thrown} {thrown.Problem}"), StringComparison.Ordinal);
    }

    private static byte[] Open(byte[] file) => AgeFile.Open(AgeKey.Find(file, Passphrase, "f"), file, "f");

    private static string Refusal(byte[] file, Sensitive? passphrase = null) => Assert.Throws<LinodeToolkitException>(() =>
    {
        // As a store does that has seen the file before it was changed: only another header is worked on again.
        var key = passphrase is null && Key.Value.Opens(file) ? Key.Value : AgeKey.Find(file, passphrase ?? Passphrase, "f");
        return AgeFile.Open(key, file, "f");
    }).Problem.Code;
}
