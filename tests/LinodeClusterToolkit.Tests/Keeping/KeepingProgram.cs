using System.Globalization;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Keeping;

/// <summary>A process that writes records and says so: the tests start it to kill it, or to have two at once.</summary>
/// <remarks>
/// <c>write PROVIDER WHERE FROM</c> changes all nodes again and again, and prints each number once it is durable;
/// <c>add PROVIDER WHERE NAME TIMES</c> adds tags to them, so often.
/// </remarks>
internal static class KeepingProgram
{
    public static readonly ToolkitContext Context = new("tests", "me");

    public static readonly string[] Keys = ["us-east/db/1", "us-east/db/2", "us-east/db/3"];

    /// <summary>Opens a place; providers that packages bring are added here, with what they call a place.</summary>
    public static InventoryPlace Open(string provider, string where) =>
        BuiltIns.Inventories(provider == PostgresInventory.Name ? [PostgresInventory.Provider(where)] : [])[provider].Open(new InventoryRequest(where, Context));

    public static async Task Main(string[] arguments)
    {
        await using var place = Open(arguments[1], arguments[2]);
        var cluster = (await place.Inventory.FindClusterAsync("web", default))!;
        if (arguments is ["write", _, _, var from])
        {
            for (var number = int.Parse(from, CultureInfo.InvariantCulture); ; number++)
            {
                await WriteAsync(place, cluster, number);
                Console.Out.WriteLine(number.ToString(CultureInfo.InvariantCulture));
                await Console.Out.FlushAsync();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, int.Parse(arguments[4], CultureInfo.InvariantCulture)).Select(number =>
            place.Inventory.ChangeNodesAsync(cluster.Id, Keys, now => now with { Tags = [.. now.Tags, $"{arguments[3]}{number}"] }, default)));
    }

    private static async Task WriteAsync(InventoryPlace place, ClusterRecord cluster, int number)
    {
        var power = number % 2 == 0 ? "running" : "offline";
        await place.Inventory.ChangeNodesAsync(cluster.Id, Keys, now => now with { Tags = [$"{number}"], Power = power }, default);
        await Task.WhenAll(
            place.Journal.WriteAsync(new("7f3a", $"step {number % 100}", StepState.Done, number, null, null, null), default),
            place.Inventory.RaiseCountersAsync(cluster.Id, new Dictionary<string, long> { ["db"] = number }, default));
    }
}
