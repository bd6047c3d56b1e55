using System.Diagnostics;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class AccountsTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK1EPLr3S59k/zPEB/SszOXzReVAqkl4UkxWBQeN0KbJ";

    [Fact]
    public void Sets_of_users_are_in_the_plan_and_named_by_the_nodes_that_have_them()
    {
        var plan = PlanTexts.Resolve($$"""
            version: 1
            defaults: { type: g6-standard-1, users: [ops] }
            users:
              ops:
                groups: [{ name: ops, gid: 1500 }]
                users: [{ name: deploy, uid: 1501, groups: [ops, adm, ops], sudo: yes, login: yes, keys: ['{{Key}} a b', '{{Key}}'] }]
              data: { groups: [{ name: docker }], users: [{ name: _batch, groups: [docker] }] }
            regions: [{ region: us-east, nodes: [{ name: web }, { name: db, users: [data, ops, data] }, { name: bare, users: [] }] }]
            """).OrThrow();

        Assert.Equal(["ops", "data ops", ""], plan.Nodes.Select(node => string.Join(' ', node.Users.Order())));
        Assert.Equal(["data", "ops"], plan.Accounts.Keys);
        Assert.Equivalent(
            new AccountSet([new("ops", 1500)], [new("deploy", 1501, ["ops", "adm"], Sudo: true, Login: true, [$"{Key} a b"])]), plan.Accounts["ops"]);
        Assert.Equivalent(
            new AccountSet([new("docker", null)], [new("_batch", null, ["docker"], Sudo: false, Login: false, [])]), plan.Accounts["data"]);
        Assert.Equivalent(plan, ResolvedPlanJson.Read(ResolvedPlanJson.Write(plan)), strict: true);
    }

    [Fact]
    public void Nodes_that_are_known_get_the_users_the_plan_says_now()
    {
        var (before, after) = ("users: { a: {}, b: {} }\ndefaults: { users: [a] }", "users: { a: {}, b: {} }\ndefaults: { users: [b] }");
        var known = PlanTexts.Resolve(PlanShapes.Keys(before)).OrThrow().Nodes.ToDictionary(node => node.Key);

        var again = PlanResolver.Resolve(PlanTexts.Source(PlanShapes.Keys(after)), PlanTexts.Request() with { Known = known }).OrThrow();

        Assert.Equal(["b"], again.Nodes.Single().Users);
    }

    [Fact]
    public void Keys_are_read_from_the_folder_of_the_plan_the_home_folder_and_absolute_paths()
    {
        using var folder = new TempFolder();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        folder.File("keys/ops.pub", Key + " ops\r\n");
        var other = folder.File("other.pub", Key.Replace("KbJ", "KbK", StringComparison.Ordinal) + "\n\n");
        var upward = Path.GetRelativePath(home, other);

        Assert.Equal([Key + " ops"], Keys(folder.Path, "keys/ops.pub"));
        Assert.Equal(["KbK"], Keys(folder.Path, other).Select(key => key[^3..]));
        Assert.Equal(["KbK"], Keys(null, $"~/{upward}").Select(key => key[^3..]));
    }

    [Theory]
    [InlineData("none.pub", "LCT2060", "is missing")]
    [InlineData("~/no/such/key.pub", "LCT2060", "is missing")]
    [InlineData("../outside.pub", "LCT2061", "leads out of the folder")]
    [InlineData("up/outside.pub", "LCT2061", "leads out of the folder")]
    [InlineData("/etc/../dev/zero", "LCT2060", "cannot be read")]
    [InlineData("pipe", "LCT2060", "cannot be read")]
    [InlineData("empty.pub", "LCT2060", "cannot be read")]
    [InlineData("big.pub", "LCT2060", "cannot be read")]
    [InlineData("id", "LCT2103", "is a private key")]
    [InlineData("two.pub", "LCT2103", "is not an SSH public key")]
    [InlineData("noise.pub", "LCT2103", "is not an SSH public key")]
    public void A_key_file_that_is_none_is_told_at_its_place(string file, string code, string what)
    {
        using var folder = new TempFolder();
        folder.File("outside.pub", Key);
        folder.File("plan/empty.pub");
        folder.File("plan/big.pub", Key + " " + new string('x', 20_000));
        folder.File("plan/id", "-----BEGIN OPENSSH PRIVATE KEY-----\nsecretsecret\n-----END OPENSSH PRIVATE KEY-----\n");
        folder.File("plan/two.pub", $"{Key}\n{Key}\n");
        folder.File("plan/noise.pub", "\0\u0001\u0002 \uFFFD");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "plan/up"), folder.Path);
        using var made = Process.Start("mkfifo", Path.Combine(folder.Path, "plan/pipe"));
        made.WaitForExit();

        var problem = Assert.Single(Read(Path.Combine(folder.Path, "plan"), $"keys: [{file}]").Errors);

        Assert.Equal((code, new SourcePosition("plan.yaml", 2, 60)), (problem.Code, problem.Position!.Value));
        Assert.Contains(what, problem.What);
        Assert.DoesNotContain("secretsecret", problem.ToString());
        Assert.NotEmpty(problem.Fixes);
    }

    [Theory]
    [InlineData("\"-----BEGIN OPENSSH PRIVATE KEY-----\\nsecretsecret\"")]
    [InlineData("\"PuTTY-User-Key-File-3: ssh-ed25519 secretsecret\"")]
    public void A_private_key_in_the_plan_is_refused_and_not_shown_again(string key)
    {
        var problem = Assert.Single(Read(null, $"keys: [{key}]").Errors);

        Assert.Equal("LCT2103", problem.Code);
        Assert.DoesNotContain("secretsecret", $"{problem} {problem.SourceLine} {problem.Why} {string.Join(' ', problem.Fixes)}");
    }

    [Theory]
    [InlineData(2048, "this one has 2048")]
    [InlineData(3072, null)]
    [InlineData(4096, null)]
    public void Keys_that_the_nodes_would_not_take_are_refused(int bits, string? why)
    {
        var problem = Read(null, $"keys: ['ssh-rsa {RsaBody(bits)} me']").Errors.SingleOrDefault();

        Assert.Equal(why is null, problem is null);
        Assert.EndsWith(why ?? "", problem?.Why ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_a_user_who_may_not_log_in_are_a_warning_unless_that_is_said()
    {
        var user = $"name: deploy, keys: ['{Key}']";

        var warning = Assert.Single(PlanTexts.Read(WithUser(user)).Problems);
        Assert.Equal(("LCT2104", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(new SourcePosition("plan.yaml", 2, 47), warning.Position);
        Assert.Empty(PlanTexts.Read(WithUser(user + ", login: no")).Problems);
        Assert.Empty(PlanTexts.Read(WithUser(user + ", login: yes")).Problems);
    }

    [Fact]
    public void A_user_without_login_may_become_root_all_the_same() =>
        Assert.Empty(PlanTexts.Read(WithUser("name: deploy, sudo: yes")).Problems);

    [Fact]
    public void A_set_that_no_node_has_is_a_warning_at_its_name()
    {
        var warning = Assert.Single(PlanTexts.Resolve(PlanShapes.Keys("users: { ops: { users: [{ name: deploy }] } }")).Problems);

        Assert.Equal(("LCT2106", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(new SourcePosition("plan.yaml", 2, 10), warning.Position);
    }

    [Fact]
    public void Sets_that_never_meet_may_use_the_same_names_and_numbers() =>
        Assert.Empty(PlanTexts.Resolve("version: 1\n"
            + "users: { a: { groups: [{ name: ops, gid: 1500 }], users: [{ name: ann, uid: 1500 }] }, "
            + "b: { groups: [{ name: ops, gid: 1600 }], users: [{ name: bob, uid: 1500 }, { name: ann, groups: [ops] }] } }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, users: [a] }, { type: g6-standard-1, users: [b] }] }]\n").Problems);

    [Fact]
    public void A_user_said_alike_in_two_sets_is_one_user() =>
        Assert.Empty(PlanTexts.Resolve("version: 1\n"
            + "users: { a: { groups: [{ name: ops, gid: 1500 }], users: [{ name: ann, uid: 1500, groups: [ops, adm] }] }, "
            + "b: { groups: [{ name: ops, gid: 1500 }], users: [{ name: ann, uid: 1500, groups: [adm, ops] }] } }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, users: [a, b] }] }]\n").Problems);

    [Theory]
    [InlineData("users", 500, 0)]
    [InlineData("users", 501, 1)]
    [InlineData("groups", 500, 0)]
    [InlineData("groups", 501, 1)]
    [InlineData("groups", 3000, 1)]
    public void A_plan_has_at_most_500_users_and_500_groups(string kind, int count, int errors)
    {
        var names = Enumerable.Range(0, count).Select(at => $"{{ name: u{at} }}").Chunk((count + 1) / 2)
            .Select((half, at) => $"set{at}: {{ {kind}: [{string.Join(", ", half)}] }}");

        var result = PlanTexts.Read(PlanShapes.Keys($"users: {{ {string.Join(", ", names)} }}"));

        Assert.Equal(Enumerable.Repeat("LCT2081", errors), result.Errors.Select(one => one.Code));
    }

    [Fact]
    public void Ten_thousand_users_are_refused_before_anything_is_made_of_them()
    {
        var users = string.Join(", ", Enumerable.Range(0, 10_000).Select(at => $"{{ name: u{at} }}"));

        Assert.Equal("LCT2002", Assert.Single(PlanTexts.Resolve(PlanShapes.Keys($"users: {{ a: {{ users: [{users}] }} }}")).Errors).Code);
    }

    [Fact]
    public void A_plan_of_2017_that_names_a_set_wrong_is_read_as_what_it_means()
    {
        var result = PlanTexts.Resolve("users: { ops: { users: [{ name: deploy, groups: [amd] }] } }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, users: [opss] }] }]\n");

        Assert.Equal(["ops"], result.OrThrow().Nodes.Single().Users);
        Assert.Equal(["adm"], result.Value!.Accounts["ops"].Users.Single().Groups);
    }

    [Fact]
    public void A_group_nobody_declared_can_be_declared()
    {
        var problem = Assert.Single(PlanTexts.Read(WithUser("name: deploy, groups: [docker]")).Errors);

        Assert.Contains("or declare it in a set: groups: [{ name: docker }]", problem.Fixes);
    }

    private static string WithUser(string user) => $"version: 1\nusers: {{ ops: {{ users: [{{ {user} }}] }} }}\n"
        + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, users: [ops] }] }]\n";

    private static PlanResult<ClusterPlan> Read(string? folder, string keys) =>
        PlanReader.Read(PlanTexts.Source(WithUser($"name: deploy, login: yes, {keys}"), folder));

    private static IReadOnlyList<string> Keys(string? folder, string file) => PlanResolver.Resolve(
        PlanTexts.Source(WithUser($"name: deploy, login: yes, keys: ['{file}']"), folder), PlanTexts.Request())
        .OrThrow().Accounts["ops"].Users[0].Keys;

    /// <summary>Type, exponent and modulus, each behind its length.</summary>
    private static string RsaBody(int bits)
    {
        byte[] modulus = [0, 0x80, .. new byte[bits / 8 - 1]];
        return Convert.ToBase64String([0, 0, 0, 7, .. Encoding.ASCII.GetBytes("ssh-rsa"), 0, 0, 0, 3, 1, 0, 1,
            0, 0, (byte)(modulus.Length >> 8), (byte)modulus.Length, .. modulus]);
    }
}
