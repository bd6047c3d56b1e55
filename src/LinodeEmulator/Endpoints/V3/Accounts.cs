using System.Text.Json.Nodes;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

internal static class Accounts
{
    public static void Map(ActionTable actions)
    {
        actions.Read("account.info", "Shows what the account has used and owes", Info);
        actions.Read(
            "account.estimateinvoice",
            "Says what something would cost",
            Estimate,
            Str("mode").Required,
            Num("PaymentTerm", 1),
            Num("PlanID"),
            Num("LinodeID"));
        actions.NotEmulated("account.paybalance", "account.updatecard");
    }

    private static JsonObject Info(V3Call call) => new()
    {
        ["ACTIVE_SINCE"] = "2017-01-01 00:00:00.0",
        ["TRANSFER_POOL"] = call.Cloud.Instances.Rows.Sum(row => row.Specs.Transfer),
        ["TRANSFER_USED"] = 0,
        ["TRANSFER_BILLABLE"] = 0,
        ["MANAGED"] = false,
        ["BALANCE"] = 0.00m,
        ["BILLING_METHOD"] = "metered",
    };

    /// <summary>As if it were taken for whole months from now on.</summary>
    private static JsonObject Estimate(V3Call call)
    {
        var months = call.Number("PaymentTerm")!.Value;
        if (months is not (1 or 12 or 24))
        {
            throw ApiV3Problem.Rule("PaymentTerm must be 1, 12 or 24");
        }

        var monthly = call.Word("mode", "linode_new", "linode_resize", "nodebalancer_new") switch
        {
            "linode_new" => Price(call.Plan()),
            "linode_resize" => Price(call.Plan()) - Price(call.Cloud.Catalogue.Types[call.Linode().Type]),
            _ => UnknownsV3.NodeBalancer.Monthly,
        };
        return new JsonObject { ["INVOICE_TO"] = NewYork.Plain(call.Now.AddMonths((int)months)), ["AMOUNT"] = monthly * months };
    }

    private static decimal Price(TypeWire type) => type.Price.Monthly ?? 0;
}
