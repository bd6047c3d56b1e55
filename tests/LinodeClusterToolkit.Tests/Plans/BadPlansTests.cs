using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class BadPlansTests
{
    /// <summary>Code and text of bad plans; » stands before the place the problem must be reported at, and is no part of the plan.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        // What is no YAML, or YAML that a plan may not use
        { "LCT2001", "version: 1\nname: »'no end\nregions: []\n" },
        { "LCT2001", "version: 1\nregions: [1», 2\nname: x\n" },
        { "LCT2001", "version: 1\nnetwork:\n»\tprivate: ip\n" },
        { "LCT2001", "version: 1\nname: a»: b\n" },
        { "LCT2001", "version: 1\nname: »*nobody\n" },
        { "LCT2001", "version: 1\nregions: &r [»*r]\n" },
        { "LCT2001", "{ \"version\": 1, \"name\": \"x\" »\"regions\": [] }" },
        { "LCT2003", "version: 1\nname: a»\0b\n" },
        { "LCT2003", "version: 1\nname: »\"a\\0b\"\n" },
        { "LCT2003", "version: 1\nname: a»\u001b[31mred\n" },
        { "LCT2003", "»\u0001\u0002\u0003\u0004" },
        { "LCT2003", "v»\0e\0r\0s\0i\0o\0n\0" },
        { "LCT2004", "»" },
        { "LCT2004", "# nothing but a comment\n»" },
        { "LCT2004", "»[1, 2, 3]\n" },
        { "LCT2004", "»just words\n" },
        { "LCT2005", "version: 1\nname: x\n»---\nversion: 1\n" },
        { "LCT2006", "version: 1\nname: »!!python/object/apply:os.system [ls]\n" },
        { "LCT2006", "version: 1\nname: »!include other.yaml\n" },
        { "LCT2006", "version: 1\n? »[a, b]\n: c\n" },
        { "LCT2006", "version: 1\ndefaults: &d { image: debian 12 }\nregions:\n- region: us-east\n  nodes:\n  - »<<: *d\n    type: g6-standard-1\n" },
        { "LCT2007", "version: 1\nname: one\n»name: two\n" },
        { "LCT2007", "{ \"version\": 1, \"name\": \"one\", »\"name\": \"two\" }" },

        // Keys and what they hold
        { "LCT2010", "version: »2\nregions: []\n" },
        { "LCT2011", "»version: 1\nname: x\n" },
        { "LCT2011", "version: 1\nregions: »[]\n" },
        { "LCT2011", "version: 1\nregions:\n- »nodes: [{ type: g6-standard-1 }]\n" },
        { "LCT2011", "version: 1\nregions:\n- »region: us-east\n" },
        { "LCT2011", "version: 1\nregions:\n- region: us-east\n  nodes:\n  - »name: web\n" },
        { "LCT2011", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: »[] }]\n" },
        { "LCT2011", "version: 1\nregions:\n- region: us-east\n  nodes: [{ type: g6-standard-1, storage: [»{ label: boot, boot: yes }] }]\n" },
        { "LCT2011", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [»{ name: nb, port: 80 }]\n" },
        { "LCT2011", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [»{ name: nb, tag: web }]\n" },
        { "LCT2012", "version: 1\n»nmae: x\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2012", "»verison: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2012", "version: 1\n»regionplan: { name: one, nodes: [{ type: g6-standard-1 }] }\nregions: [{ region: us-east, regionplan: one }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  »nodebalancer: []\n  nodes: [{ type: g6-standard-1 }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n    »cuont: 3\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n    storage: [{ label: boot, size: 50%, boot: yes, »filesystem: ext4 }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [{ name: nb, tag: web, port: 80, check: { »pth: / } }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: 'cloudinit:firewalled', »wiht: {} }] } }]\n" },
        { "LCT2013", "version: 1\nregions: »us-east\n" },
        { "LCT2013", "version: 1\nregions:\n- »us-east\n" },
        { "LCT2013", "version: 1\nregions:\n- region: us-east\n  nodes: »web\n" },
        { "LCT2013", "version: 1\nname: »[a]\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2013", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »'3' }] }]\n" },
        { "LCT2013", "version: 1\nvars: { n: 3 }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »{n} }] }]\n" },
        { "LCT2013", "version: 1\n»name:\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: ».nan }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »2.5 }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { boot-on-create: »maybe } }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: boot, size: »20, boot: yes }] }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: boot, size: »-5GB, boot: yes }] }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, ready: [{ port: 80, within: »fast }] }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ name: »a/b, type: g6-standard-1 }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, tags: [»ab] }] }]\n" },
        { "LCT2014", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, ready: [»{ within: 2m }] }] }]\n" },
        { "LCT2014", "version: 1\nusers: { ops: { users: [{ name: »Root User }] } }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2015", "version: 1\nnetwork: { private: »vlna }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2016", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { sshready: [], »sshaccessible: [] } }] }]\n" },
        { "LCT2031", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »0 }] }]\n" },
        { "LCT2031", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »-1 }] }]\n" },
        { "LCT2031", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »99999999999999999999999 }] }]\n" },
        { "LCT2031", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: 2, min: »3 }] }]\n" },
        { "LCT2031", "version: 1\nservices: { x: { ports: [»70000/tcp], from: anywhere } }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2031", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [{ name: nb, tag: web, port: »70000 }]\n" },
        { "LCT2031", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [{ name: nb, tag: web, port: 80, check: { interval: 5s, timeout: »5s } }]\n" },

        // Names and references
        { "LCT2020", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{conter}' }] }]\n" },
        { "LCT2020", "version: 1\nregions: [{ region: us-east, nodes: [{ type: '»{size}' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{counter:x}' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{counter:99}' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{counter' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-counter»}' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{}-{counter}' }] }]\n" },
        { "LCT2021", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: 'web-»{region:03}-{counter}' }] }]\n" },
        { "LCT2030", "version: 1\nregionplans: [{ name: shop, nodes: [{ type: g6-standard-1 }] }]\nregions: [{ region: us-east, regionplan: »shp }]\n" },
        { "LCT2030", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: »fast }] }]\n" },
        { "LCT2030", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, provides: [»http] }] }]\n" },
        { "LCT2032", "version: 1\nregions: [{ region: us-east, nodes: [{ name: web, type: g6-standard-1 }, { name: »web, type: g6-standard-1 }] }]\n" },
        { "LCT2032", "version: 1\nregions:\n- { region: us-east, nodes: [{ type: g6-standard-1 }] }\n- { region: »newark, nodes: [{ type: g6-standard-1 }] }\n" },
        { "LCT2032", "version: 1\ncounters: [rack, »rack]\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2032", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n  nodebalancers: [{ name: nb, tag: web, ports: [80, »80] }]\n" },
        { "LCT2033", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1, tags: [webserver] }]\n  nodebalancers: [{ name: nb, tag: »webservices, port: 80 }]\n" },
        { "LCT2033", "version: 1\nregions: [{ region: us-east, nodes: [{ name: web, type: g6-standard-1, depends-on: [»databases] }] }]\n" },
        { "LCT2034", "version: 1\nvars: { »region: x }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2034", "version: 1\nregions: [{ region: us-east, counters: [»web], nodes: [{ name: web, type: g6-standard-1 }] }]\n" },
        { "LCT2050", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: »'web_{counter}!' }] }]\n" },
        { "LCT2050", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: »'a-name-far-too-long-for-the-platform-that-goes-on-and-on-and-on-{counter:09}' }] }]\n" },
        { "LCT2050", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, nodenames: »'web--{counter}' }] }]\n" },
        { "LCT2051", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: 2, nodenames: »web }] }]\n" },
        { "LCT2052", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, hostnames: »'web_{counter}' }] }]\n" },

        // Storage
        { "LCT2040", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: boot, size: 80%, boot: yes }, { label: swap, size: »30%, fs: swap }] }] }]\n" },
        { "LCT2040", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-nanode-1, storage: »[{ label: boot, size: 80GB, boot: yes }] }] }]\n" },
        { "LCT2041", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes }, »{ label: two, size: 40%, boot: yes }] }] }]\n" },
        { "LCT2041", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: »[{ label: one, size: 40% }] }] }]\n" },
        { "LCT2041", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes, fs: »swap }] }] }]\n" },
        { "LCT2042", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes, device: »/dev/sdb }] }] }]\n" },
        { "LCT2043", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: data, size: »5GB, type: blockstore }] }] }]\n" },
        { "LCT2043", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: data, size: »11TB, type: blockstore }] }] }]\n" },
        { "LCT2044", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, image: debian 12, storage: »[{ label: boot, size: 500MB, boot: yes }] }] }]\n" },

        // Actions
        { "LCT2060", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: »'ansible:/no/such/playbook.yaml' }] } }] }]\n" },
        { "LCT2061", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: »'shell:relative.sh' }] } }] }]\n" },
        { "LCT2062", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: »'chef:cookbook' }] } }] }]\n" },
        { "LCT2062", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: »firewalled }] } }] }]\n" },
        { "LCT2063", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, init: { clusterstarted: [{ name: »'stackscript:linode/LAMP' }] } }] }]\n" },

        // What the cloud does not offer
        { "LCT2070", "version: 1\nregions: [{ region: »atlantis, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2071", "version: 1\nregions: [{ region: us-east, nodes: [{ type: »g9-enormous-1 }] }]\n" },
        { "LCT2071", "version: 1\nregions: [{ region: us-east, nodes: [{ type: »'vcpus:4' }] }]\n" },
        { "LCT2072", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, image: »windows 3.11 }] }]\n" },
        { "LCT2072", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, image: »ubuntu }] }]\n" },
        { "LCT2080", "version: 1\nregions:\n- { region: »us-east, nodes: [{ type: g6-standard-1, count: 9999 }] }\n- { region: eu-central, nodes: [{ type: g6-standard-1, count: 9999 }] }\n" },

        // What comes later
        { "LCT2090", "version: 1\n»protect: yes\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2090", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, »watchdog: off }] }]\n" },
        { "LCT2090", "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [{ label: data, size: 20GB, type: blockstore, fs: »ext4 }] }] }]\n" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_bad_plan_is_refused_at_its_place_with_a_way_out(string code, string text)
    {
        var mark = text.IndexOf('»', StringComparison.Ordinal);
        var before = text[..mark];
        var expected = new SourcePosition("plan.yaml", before.Count(letter => letter == '\n') + 1, mark - before.LastIndexOf('\n'));

        AssertRefused(text.Remove(mark, 1), code, expected);
    }

    /// <summary>Plans too big to write down.</summary>
    public static TheoryData<string, string, int, int> Bombs => new()
    {
        { new string('[', 100_000), "LCT2002", 1, 33 },
        { string.Concat(Enumerable.Repeat("{a: ", 100_000)), "LCT2002", 1, 126 },
        { string.Concat(Enumerable.Range(0, 1_000).Select(level => new string(' ', level) + "a:\n")), "LCT2002", 32, 32 },
        { string.Concat(Enumerable.Repeat("- ", 50_000)), "LCT2002", 1, 65 },
        { "a: [" + string.Concat(Enumerable.Repeat("1,", 30_000)) + "]", "LCT2002", 1, 39_999 },
        { "name: " + new string('x', 1024 * 1024), "LCT2002", 1, 1 },
        { "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat(Enumerable.Range(0, 10).Select(step =>
            $"{(char)('b' + step)}: &{(char)('b' + step)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + step)}", 10))}]\n")), "LCT2002", 5, 8 },
        { "a: &a 1\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 101)) + "]", "LCT2002", 2, 405 },
        { "a: &a " + new string('[', 20) + new string(']', 20) + "\nb: " + new string('[', 20) + "*a" + new string(']', 20), "LCT2002", 2, 24 },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Bombs_are_refused_before_anything_is_built_of_them(string text, string code, int line, int column) =>
        AssertRefused(text, code, new SourcePosition("plan.yaml", line, column));

    [Fact]
    public void Random_damage_to_a_plan_never_throws()
    {
        var (plan, random) = (PlanTexts.Data("ha-wordpress-2017.yaml"), new Random(4711));
        const string Splinters = "{}[]:-'\"&*!|>%@`#,?\t\n x\u2028\u00e9";
        for (var round = 0; round < 400; round++)
        {
            var text = new StringBuilder(plan);
            for (var hit = random.Next(1, 6); hit > 0; hit--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, Math.Min(random.Next(0, 12), text.Length - at)).Insert(at, Splinters[random.Next(Splinters.Length)]);
            }

            var result = PlanTexts.Resolve(text.ToString());

            Assert.All(result.Problems, problem => Assert.NotEmpty(problem.Fixes));
        }
    }

    private static void AssertRefused(string text, string code, SourcePosition expected)
    {
        var result = PlanTexts.Resolve(text);

        Assert.Null(result.Value);
        var problem = Assert.Single(result.Errors, one => one.Code == code && one.Position == expected);
        Assert.Equal(2, problem.Family);
        Assert.NotEmpty(problem.What);
        Assert.NotEmpty(problem.Fixes);
        Assert.All(result.Problems, one => Assert.NotEmpty(one.Fixes));
    }
}
