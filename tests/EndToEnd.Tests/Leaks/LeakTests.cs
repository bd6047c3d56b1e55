using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Leaks;

/// <summary>The check that every test here ends with does see a secret that stands where it must not.</summary>
public sealed class LeakTests(ITestOutputHelper output)
{
    private const string Password = "it's \"half\" a/secret + ünd \\ more $HOME & <so> on=%41";

    [Fact]
    public async Task A_secret_that_was_left_in_a_log_an_output_or_a_file_name_fails_the_test()
    {
        foreach (var leave in new Action<Desk>[]
        {
            desk => File.AppendAllText(
                Directory.EnumerateFiles(desk.Kept, "log.txt", SearchOption.AllDirectories).First(), $"the password is {Password}\n"),
            desk => desk.Write("notes/report.html", $"<td>{System.Net.WebUtility.HtmlEncode(Password)}</td>"),
            desk => desk.Write($"copy-of-{desk.Token}", ""),
            desk => desk.Write("kept/state/core", "\0\0" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{desk.Token}"))),
        })
        {
            var desk = await MadeAsync();
            Assert.Empty(desk.Search().Found);

            leave(desk);

            var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await desk.DisposeAsync());
            Assert.Contains("secrets stand where they must not", failure.Message);
            Assert.False(Directory.Exists(desk.Home));
        }
    }

    [Fact]
    public async Task A_key_that_the_store_has_given_up_is_still_looked_for_and_so_are_words_of_programs_and_command_lines()
    {
        var desk = await MadeAsync();
        var key = await File.ReadAllTextAsync(Directory.EnumerateFiles(desk.Kept, "admin-key", SearchOption.AllDirectories).First());
        (await desk.RunAsync("cluster", "delete", "web", "--yes")).Ended(0);
        Assert.DoesNotContain(Directory.EnumerateFiles(desk.Kept, "admin-key", SearchOption.AllDirectories), _ => true);

        desk.Write("kept/state/debug", JsonSerializer.Serialize(new { key }));
        (await desk.ShellAsync($"echo {desk.Token}")).Ended(0);
        using var careless = desk.Launch("/bin/sleep", ["600", "--", desk.Token]);
        using var other = desk.Launch("/usr/bin/env", ["sh", "-c", "sleep 600; : " + desk.Token]);

        var found = desk.Search();

        output.WriteLine($"{found}");
        Assert.Contains(
            found.Found, leak => leak.Contains("admin-key in ", StringComparison.Ordinal) && leak.Contains("/debug", StringComparison.Ordinal));
        Assert.Contains(found.Found, leak => leak.Contains("in standard output of sh -c", StringComparison.Ordinal));
        Assert.Contains(found.Found, leak => leak.Contains("in the command line of process", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await desk.DisposeAsync());
    }

    [Theory]
    [InlineData("as it is")]
    [InlineData("JSON")]
    [InlineData("base64")]
    [InlineData("URL")]
    public async Task What_the_program_itself_finds_outside_its_store_is_found_here_as_well(string form)
    {
        var desk = await MadeAsync();
        var text = form switch
        {
            "JSON" => JsonSerializer.Serialize(Password),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + Password)),
            "URL" => Uri.EscapeDataString(Password),
            _ => Password,
        };
        desk.Write("kept/state/notes", text);

        (await desk.RunAsync("secret", "audit")).Ended(12);

        Assert.Contains(desk.Search().Found, leak => leak.EndsWith($"state/notes, {form}", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await desk.DisposeAsync());
    }

    [Fact]
    public void Every_disguise_of_a_value_is_recognized_in_the_midst_of_others_and_nothing_else_is()
    {
        var needles = new Needles();
        needles.Add("it", Password);
        foreach (var (kind, form) in Disguises.Of(Password))
        {
            Assert.Contains(("it", kind), needles.In(Encoding.UTF8.GetBytes($"before {form} after")));
        }

        Assert.Empty(needles.In(Encoding.UTF8.GetBytes("before *** after, it's \"half\" a/secre")));
    }

    private static async Task<Desk> MadeAsync()
    {
        var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        desk.Write("password", Password);
        (await desk.RunAsync("secret", "set", "of-the-shop", "--from-file", "password")).Ended(0);
        File.Delete(desk.At("password"));
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml", "--debug", "-vv", "--events", "events.jsonl")).Ended(0);
        return desk;
    }
}
