using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class TransportTests
{
    [Fact]
    public async Task Takes_a_form_a_query_parts_and_a_mixture_at_both_addresses()
    {
        await using var cloud = new TestCloud();
        using var client = new HttpClient(cloud.Emulator.CreateHandler()) { BaseAddress = cloud.Emulator.Url };
        using var parts = new MultipartFormDataContent
        {
            { new StringContent("k"), "api_key" }, { new StringContent("test.echo"), "api_action" }, { new StringContent("two words"), "Foo" },
        };
        using var rest = new FormUrlEncodedContent([new("Foo", "two words")]);
        const string Echoed = """{"ERRORARRAY":[],"ACTION":"test.echo","DATA":{"FOO":"two words"}}""";
        Assert.Equal(Echoed, (await cloud.PostFormAsync("api_key=k&api_action=test.echo&Foo=two+words")).Text);
        Assert.Equal(Echoed, (await cloud.PostFormAsync("api_key=k&api_action=test.echo&Foo=two+words", "/api/")).Text);
        Assert.Equal(Echoed, await client.GetStringAsync(new Uri("/?api_key=k&api_action=test.echo&Foo=two%20words", UriKind.Relative)));
        Assert.Equal(Echoed, await TextAsync(client.PostAsync("/", parts)));
        Assert.Equal(Echoed, await TextAsync(client.PostAsync("/?api_key=k&api_action=test.echo", rest)));
    }

    [Fact]
    public async Task Takes_the_key_as_the_password_of_basic_authentication()
    {
        await using var cloud = new TestCloud();
        using var client = new HttpClient(cloud.Emulator.CreateHandler()) { BaseAddress = cloud.Emulator.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("whoever:a-key"u8.ToArray()));
        Assert.Contains("\"DATA\":[]", await client.GetStringAsync(new Uri("/?api_action=linode.list", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_the_same_on_several_lines_to_who_wants_to_read_it()
    {
        await using var cloud = new TestCloud();
        var plain = await cloud.PostFormAsync("api_key=k&api_action=test.echo&foo=bar");
        var human = await cloud.PostFormAsync("api_key=k&api_action=test.echo&foo=bar&api_responseFormat=human");
        Assert.Equal(plain.Text, human.Json.ToJsonString());
        Assert.Contains("\n", human.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_look_at_the_case_of_actions_and_names()
    {
        await using var cloud = new TestCloud();
        var made = (await cloud.PostFormAsync("API_KEY=k&Api_Action=Linode.CREATE&datacenterid=6&PLANID=1&RootDeviceR0=true")).Json;
        Assert.Equal("linode.create", (string)made["ACTION"]!);
        Assert.Single(await cloud.RowsAsync("Linode.List", $"linodeId={made["DATA"]!["LinodeID"]}"));
    }

    [Theory]
    [InlineData("api_key=k", 2)]
    [InlineData("api_key=k&api_action=cheese.list", 3)]
    [InlineData("api_action=linode.list", 4)]
    [InlineData("api_key=&api_action=linode.list", 4)]
    [InlineData("api_key=k&api_action=linode.boot&LinodeID=1", 5)]
    [InlineData("api_key=k&api_action=linode.boot", 6)]
    [InlineData("api_key=k&api_action=linode.boot&LinodeID=", 7)]
    [InlineData("api_key=k&api_action=linode.boot&LinodeID=one", 7)]
    [InlineData("api_key=k&api_action=linode.delete&LinodeID=1&skipChecks=perhaps", 7)]
    [InlineData("api_key=k&api_action=linode.job.list&LinodeID=1&pendingOnly=true", 7)]
    [InlineData("api_key=k&api_action=linode.create&DatacenterID=5&PlanID=1", 8)]
    [InlineData("api_key=k&api_action=linode.mutate", 9)]
    [InlineData("api_key=k&api_action=linode.cheese", 9)]
    public async Task Answers_200_with_the_error_inside_and_no_data(string form, int code)
    {
        await using var cloud = new TestCloud();
        var answer = await cloud.PostFormAsync(form);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var error = Assert.Single(answer.Json["ERRORARRAY"]!.AsArray())!;
        Assert.Equal((code, "{}"), ((int)error["ERRORCODE"]!, answer.Json["DATA"]!.ToJsonString()));
    }

    [Fact]
    public async Task An_empty_list_is_an_array()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("""{"ERRORARRAY":[],"ACTION":"linode.list","DATA":[]}""", (await cloud.PostFormAsync("api_key=k&api_action=linode.list")).Text);
    }

    [Fact]
    public async Task What_is_not_emulated_says_so_by_its_name()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("9 account.paybalance is not emulated", (await cloud.V3Async("account.paybalance")).Errors);
    }

    [Fact]
    public async Task A_token_of_v4_is_a_key_as_far_as_it_goes()
    {
        await using var cloud = new TestCloud(new EmulatorOptions
        {
            Tokens = [new("dead") { Revoked = true }, new("guest") { Restricted = true }, new("reader") { Scopes = "linodes:read_only" }],
        });
        Assert.Equal("dead 4, guest 0 13, reader 0 13", string.Join(", ", [
            $"dead {await CodeAsync("dead", "linode.list")}",
            $"guest {await CodeAsync("guest", "linode.list")} {await CodeAsync("guest", "linode.create")}",
            $"reader {await CodeAsync("reader", "linode.list")} {await CodeAsync("reader", "linode.create")}"]));

        async Task<int> CodeAsync(string key, string action)
        {
            cloud.Token = key;
            return (await cloud.V3Async(action, "DatacenterID=6&PlanID=1")).Code;
        }
    }

    [Fact]
    public async Task Lists_what_there_is_to_choose_from_without_a_key_but_not_with_a_wrong_one()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Tokens = [new("dead") { Revoked = true }] });
        Assert.Empty((await cloud.PostFormAsync("api_action=avail.datacenters")).Json["ERRORARRAY"]!.AsArray());
        cloud.Token = "dead";
        Assert.Equal(4, (await cloud.V3Async("avail.datacenters")).Code);
        Assert.Equal(0, (await cloud.V3Async("api.spec")).Code);
    }

    [Fact]
    public async Task Gives_keys_that_are_good_for_as_long_as_was_asked()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Accounts = [new("acme", "acme-token"), new("globex", "globex-token")] });
        Assert.Equal(4, (await cloud.V3Async("user.getapikey", "username=nobody&password=x")).Code);
        cloud.Token = (string)(await cloud.DataAsync("user.getapikey", "username=acme&password=x&expires=2"))["API_KEY"]!;
        await cloud.CreateOldAsync();
        cloud.Pass(2 * 3600);
        Assert.Equal(4, (await cloud.V3Async("linode.list")).Code);
        cloud.Token = "acme-token";
        Assert.Single(await cloud.RowsAsync("linode.list"));
        cloud.Token = "globex-token";
        Assert.Empty(await cloud.RowsAsync("linode.list"));
        cloud.Token = "a-stranger";
        Assert.Equal(4, (await cloud.V3Async("linode.list")).Code);
    }

    [Theory]
    [InlineData("PUT", "/")]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/v3/")]
    public async Task Leaves_other_addresses_and_methods_alone(string method, string path)
    {
        await using var cloud = new TestCloud();
        Assert.Equal("404 Not found", (await cloud.SendAsync(method, path + "?api_key=k&api_action=linode.list")).Refusal);
    }

    [Fact]
    public async Task Describes_itself_by_the_same_table_that_it_reads_parameters_by()
    {
        await using var cloud = new TestCloud();
        var methods = (await cloud.DataAsync("api.spec"))["METHODS"]!.AsObject();
        Assert.True(methods.Count > 70);
        Assert.Equal(
            """{"NAME":"PaymentTerm","DESCRIPTION":"","REQUIRED":false,"TYPE":"numeric","default":"1"}""",
            methods["linode.create"]!["PARAMETERS"]!["PaymentTerm"]!.ToJsonString());
        foreach (var (name, method) in methods.Where(method => method.Key != "user.getapikey"))
        {
            var required = method!["PARAMETERS"]!.AsObject().Where(one => (bool)one.Value!["REQUIRED"]!).Select(one => one.Key).ToList();
            var errors = (await cloud.V3Async(name)).Json["ERRORARRAY"]!.AsArray().Where(error => (int)error!["ERRORCODE"]! == 6);
            Assert.Equal(
                required.Select(one => $"{name}: {one} is required but was not passed in"),
                errors.Select(error => $"{name}: {error!["ERRORMESSAGE"]}"));
        }
    }

    private static async Task<string> TextAsync(Task<HttpResponseMessage> answer)
    {
        using var got = await answer;
        return await got.Content.ReadAsStringAsync();
    }
}
