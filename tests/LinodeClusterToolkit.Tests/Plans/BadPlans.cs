using static LinodeClusterToolkit.Tests.Plans.PlanShapes;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>Plans that must be refused, as texts: for the library and for the built program.</summary>
public static class BadPlans
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
        { "LCT2006", "version: 1\ndefaults: &d { count: 2 }\nregions:\n- region: us-east\n  nodes:\n  - »<<: *d\n    type: 1gb\n" },
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
        { "LCT2011", Balancer("»{ name: nb, port: 80 }") },
        { "LCT2011", Balancer("»{ name: nb, tag: web }") },
        { "LCT2012", Keys("»nmae: x") },
        { "LCT2012", "»verison: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2012", "version: 1\n»regionplan: { name: one, nodes: [{ type: g6-standard-1 }] }\nregions: [{ region: us-east, regionplan: one }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  »nodebalancer: []\n  nodes: [{ type: g6-standard-1 }]\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n    »cuont: 3\n" },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n  nodes:\n  - type: g6-standard-1\n"
            + "    storage: [{ label: boot, size: 50%, boot: yes, »filesystem: ext4 }]\n" },
        { "LCT2012", Balancer("{ name: nb, tag: web, port: 80, check: { »pth: / } }") },
        { "LCT2012", "version: 1\nregions:\n- region: us-east\n"
            + "  nodes: [{ type: g6-standard-1, init: { firstboot: [{ name: 'cloudinit:firewalled', »wiht: {} }] } }]\n" },
        { "LCT2013", "version: 1\nregions: »us-east\n" },
        { "LCT2013", "version: 1\nregions:\n- »us-east\n" },
        { "LCT2013", "version: 1\nregions:\n- region: us-east\n  nodes: »web\n" },
        { "LCT2013", Keys("name: »[a]") },
        { "LCT2013", Nodes("type: g6-standard-1, count: »'3'") },
        { "LCT2013", "version: 1\nvars: { n: 3 }\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: »{n} }] }]\n" },
        { "LCT2013", Keys("»name:") },
        { "LCT2014", Nodes("type: g6-standard-1, count: ».nan") },
        { "LCT2014", Nodes("type: g6-standard-1, count: »2.5") },
        { "LCT2014", Nodes("type: g6-standard-1, init: { boot-on-create: »maybe }") },
        { "LCT2014", Nodes("type: g6-standard-1, storage: [{ label: boot, size: »20, boot: yes }]") },
        { "LCT2014", Nodes("type: g6-standard-1, storage: [{ label: boot, size: »-5GB, boot: yes }]") },
        { "LCT2014", Nodes("type: g6-standard-1, ready: [{ port: 80, within: »fast }]") },
        { "LCT2014", Nodes("name: »a/b, type: g6-standard-1") },
        { "LCT2014", Nodes("type: g6-standard-1, tags: [»ab]") },
        { "LCT2014", Nodes("type: g6-standard-1, ready: [»{ within: 2m }]") },
        { "LCT2014", Keys("users: { ops: { users: [{ name: »Root User }] } }") },
        { "LCT2015", Keys("network: { private: »vlna }") },
        { "LCT2016", Nodes("type: g6-standard-1, init: { sshready: [], »sshaccessible: [] }") },
        { "LCT2031", Nodes("type: g6-standard-1, count: »0") },
        { "LCT2031", Nodes("type: g6-standard-1, count: »-1") },
        { "LCT2031", Nodes("type: g6-standard-1, count: »99999999999999999999999") },
        { "LCT2031", Nodes("type: g6-standard-1, count: 2, min: »3") },
        { "LCT2031", Keys("services: { x: { ports: [»70000/tcp], from: anywhere } }") },
        { "LCT2031", Balancer("{ name: nb, tag: web, port: »70000 }") },
        { "LCT2031", Balancer("{ name: nb, tag: web, port: 80, check: { interval: 5s, timeout: »5s } }") },

        // The way in
        { "LCT2012", Keys("ssh: { »port: 2222 }") },
        { "LCT2014", Keys("ssh: { from: [203.0.113.0/24, »home.example.com] }") },
        { "LCT2014", Keys("ssh: { from: »10.1 }") },
        { "LCT2014", Keys("ssh: { from: »[] }") },
        { "LCT2014", Keys("ssh: { admin: »'-oProxyCommand=x' }") },
        { "LCT2014", Keys("ssh: { admin: »\"a\\nb\" }") },
        { "LCT2014", Keys("ssh: { root: »key }") },
        { "LCT2015", Keys("ssh: { kex: »quantum }") },
        { "LCT2015", Keys("ssh: { keys: »nodes }") },
        { "LCT2100", Keys("ssh: { admin: »root }") },
        { "LCT2100", Keys("ssh: { admin: »lct-ssh }") },
        { "LCT2100", Keys("ssh: { admin: »systemd-network }") },

        // Names and references
        { "LCT2020", Nodes("type: g6-standard-1, nodenames: 'web-»{conter}'") },
        { "LCT2020", Nodes("type: '»{size}'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-»{counter:x}'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-»{counter:99}'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-»{counter'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-counter»}'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-»{}-{counter}'") },
        { "LCT2021", Nodes("type: g6-standard-1, nodenames: 'web-»{region:03}-{counter}'") },
        { "LCT2030", "version: 1\nregionplans: [{ name: shop, nodes: [{ type: g6-standard-1 }] }]\n"
            + "regions: [{ region: us-east, regionplan: »shp }]\n" },
        { "LCT2030", Nodes("type: g6-standard-1, storage: »fast") },
        { "LCT2030", Nodes("type: g6-standard-1, provides: [»http]") },
        { "LCT2032", Nodes("name: web, type: g6-standard-1 }, { name: »web, type: g6-standard-1") },
        { "LCT2032", "version: 1\nregions:\n- { region: us-east, nodes: [{ type: g6-standard-1 }] }\n"
            + "- { region: »newark, nodes: [{ type: g6-standard-1 }] }\n" },
        { "LCT2032", Keys("counters: [rack, »rack]") },
        { "LCT2032", Balancer("{ name: nb, tag: web, ports: [80, »80] }") },
        { "LCT2033", "version: 1\nregions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1, tags: [webserver] }]\n"
            + "  nodebalancers: [{ name: nb, tag: »webservices, port: 80 }]\n" },
        { "LCT2033", Nodes("name: web, type: g6-standard-1, depends-on: [»databases]") },
        { "LCT2034", Keys("vars: { »region: x }") },
        { "LCT2034", "version: 1\nregions: [{ region: us-east, counters: [»web], nodes: [{ name: web, type: g6-standard-1 }] }]\n" },
        { "LCT2050", Nodes("type: g6-standard-1, nodenames: »'web_{counter}!'") },
        { "LCT2050", Nodes("type: g6-standard-1, nodenames: »'a-name-far-too-long-for-the-platform-that-goes-on-and-on-and-on-{counter:09}'") },
        { "LCT2050", Nodes("type: g6-standard-1, nodenames: »'web--{counter}'") },
        { "LCT2051", Nodes("type: g6-standard-1, count: 2, nodenames: »web") },
        { "LCT2052", Nodes("type: g6-standard-1, hostnames: »'web_{counter}'") },

        // Storage
        { "LCT2040", Nodes("type: g6-standard-1, storage: [{ label: boot, size: 80%, boot: yes }, { label: swap, size: »30%, fs: swap }]") },
        { "LCT2040", Nodes("type: g6-nanode-1, storage: »[{ label: boot, size: 80GB, boot: yes }]") },
        { "LCT2041", Nodes("type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes }, »{ label: two, size: 40%, boot: yes }]") },
        { "LCT2041", Nodes("type: g6-standard-1, storage: »[{ label: one, size: 40% }]") },
        { "LCT2041", Nodes("type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes, fs: »swap }]") },
        { "LCT2042", Nodes("type: g6-standard-1, storage: [{ label: one, size: 40%, boot: yes, device: »/dev/sdb }]") },
        { "LCT2043", Nodes("type: g6-standard-1, storage: [{ label: data, size: »5GB, type: blockstore }]") },
        { "LCT2043", Nodes("type: g6-standard-1, storage: [{ label: data, size: »11TB, type: blockstore }]") },
        { "LCT2044", Nodes("type: g6-standard-1, image: debian 12, storage: »[{ label: boot, size: 500MB, boot: yes }]") },

        // Actions
        { "LCT2060", Nodes("type: g6-standard-1, init: { firstboot: [{ name: »'ansible:/no/such/playbook.yaml' }] }") },
        { "LCT2061", Nodes("type: g6-standard-1, init: { firstboot: [{ name: »'shell:relative.sh' }] }") },
        { "LCT2062", Nodes("type: g6-standard-1, init: { firstboot: [{ name: »'chef:cookbook' }] }") },
        { "LCT2062", Nodes("type: g6-standard-1, init: { firstboot: [{ name: »firewalled }] }") },
        { "LCT2063", Nodes("type: g6-standard-1, init: { clusterstarted: [{ name: »'stackscript:linode/LAMP' }] }") },

        // What the cloud does not offer
        { "LCT2070", "version: 1\nregions: [{ region: »atlantis, nodes: [{ type: g6-standard-1 }] }]\n" },
        { "LCT2071", Nodes("type: »g9-enormous-1") },
        { "LCT2071", Nodes("type: »'vcpus:4'") },
        { "LCT2072", Nodes("type: g6-standard-1, image: »windows 3.11") },
        { "LCT2072", Nodes("type: g6-standard-1, image: »ubuntu") },
        { "LCT2080", "version: 1\nregions:\n- { region: »us-east, nodes: [{ type: g6-standard-1, count: 9999 }] }\n"
            + "- { region: eu-central, nodes: [{ type: g6-standard-1, count: 9999 }] }\n" },

        // What comes later
        { "LCT2090", Keys("»protect: yes") },
        { "LCT2090", Nodes("type: g6-standard-1, »watchdog: off") },
        { "LCT2090", Nodes("type: g6-standard-1, storage: [{ label: data, size: 20GB, type: blockstore, fs: »ext4 }]") },
    };

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
            $"{(char)('b' + step)}: &{(char)('b' + step)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + step)}", 10))}]\n")), "LCT2002",
                5, 8 },
        { "a: &a 1\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 101)) + "]", "LCT2002", 2, 405 },
        { "a: &a " + new string('[', 20) + new string(']', 20) + "\nb: " + new string('[', 20) + "*a" + new string(']', 20), "LCT2002", 2, 24 },
    };
}
