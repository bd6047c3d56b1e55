using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class PasswordsTests
{
    [Fact]
    public void Every_password_has_all_kinds_of_characters_and_none_that_shells_or_quotes_trip_over()
    {
        var all = Enumerable.Range(0, 2000).Select(_ => Passwords.Generate().Reveal()).ToArray();
        Assert.All(all, password =>
        {
            Assert.Equal(32, password.Length);
            Assert.Contains(password, char.IsAsciiLetterLower);
            Assert.Contains(password, char.IsAsciiLetterUpper);
            Assert.Contains(password, char.IsAsciiDigit);
            Assert.Contains(password, sign => !char.IsAsciiLetterOrDigit(sign));
            Assert.True(char.IsAsciiLetterOrDigit(password[0]), "never looks like an option");
            Assert.DoesNotContain(password, sign => "\"'`\\$ !&|;<>(){}[]*?#".Contains(sign));
        });
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Uses_its_whole_alphabet()
    {
        var used = Enumerable.Range(0, 500).SelectMany(_ => Passwords.Generate(128).Reveal()).ToHashSet();
        Assert.Equal(26 + 26 + 10 + 9, used.Count);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(129)]
    public void Refuses_a_length_too_weak_or_too_long_for_the_cloud(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Passwords.Generate(length));
}
