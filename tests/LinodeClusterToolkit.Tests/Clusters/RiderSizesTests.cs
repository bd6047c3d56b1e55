using System.Security.Cryptography;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>What is to ride in create calls is measured before the first of them.</summary>
public sealed class RiderSizesTests
{
    [Fact]
    public void Parts_that_make_the_user_data_too_large_are_told_with_the_figure()
    {
        RiderSizes.Demand(Having(Part(Noise(1000))));

        var refused = Assert.Throws<PlanException>(() => RiderSizes.Demand(Having(Part(Noise(12_000)))));

        Assert.Equal(("LCT2140", "us-east/web"), (refused.Problem.Code, refused.Problem.Where));
        Assert.Matches("would have 2[0-9]{4} bytes, more than 16384", refused.Problem.What);
    }

    [Fact]
    public async Task What_is_measured_is_what_is_sent_but_for_some_bytes()
    {
        var (part, admin, host) = (Noise(9000), await SshKeygen.MakeAsync(default), await SshKeygen.MakeAsync(default));
        var refused = Assert.Throws<PlanException>(() => RiderSizes.Demand(Having(Part(part))));
        var sent = FirstBoot.UserData(
            Hardening.Script(Hardening.Stage.Boot, ["web-1"], new(), admin.Public, []), host, new UserDataPart("part.sh", part)).Reveal().Length;

        var told = int.Parse(refused.Problem.What.Split(' ')[8], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(told, sent, sent + 200);
    }

    [Fact]
    public async Task A_secret_that_is_missing_or_too_long_is_told_before_a_node_is_made()
    {
        var secrets = new MemorySecretStore();
        await secrets.SetAsync("long", new(new string('x', 66_000)), default);

        Assert.Equal("LCT3004", (await DemandAsync("secret:none")).Problem.Code);
        Assert.Equal("LCT2134", (await DemandAsync("secret:long")).Problem.Code);

        Task<LinodeToolkitException> DemandAsync(string value)
        {
            var plan = Having(new ResolvedAction(Transition.FirstBoot, "stackscript", "setup.sh")
            {
                Text = "#!/bin/sh\n", With = new Dictionary<string, string> { ["SITE"] = value },
            });
            return Assert.ThrowsAsync<LinodeToolkitException>(
                () => RiderSizes.DemandDataAsync(plan, ChangePlanner.Additions(Cluster, plan, [], []), secrets, default));
        }
    }

    private static string Noise(int bytes) => $"#!/bin/sh\n# {Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes))}\n";

    private static ResolvedAction Part(string text) => new(Transition.FirstBoot, "cloudinit", "part.sh") { Text = text };

    private static ResolvedPlan Having(ResolvedAction action)
    {
        var plan = Plan([Node("web", 1)]);
        return plan with { Regions = [plan.Regions[0] with { Groups = [plan.Regions[0].Groups[0] with { Actions = [action] }] }] };
    }
}
