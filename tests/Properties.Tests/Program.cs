using System.Globalization;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>A worker: plays the cases that come in, a line each, in virtual time, which works once per process.</summary>
/// <remarks>
/// <c>list</c> prints what cases can be made of; <c>play</c> reads cases and prints verdicts; <c>play double</c> does so with a bug planted.
/// With <c>v3</c> behind them, both speak version 3 of the API.
/// </remarks>
internal static class Program
{
    /// <summary>What durations in the cloud are drawn from, except where a case says otherwise.</summary>
    public const long Seed = 1;

    private static async Task Main(string[] arguments)
    {
        var plan = World.Plan("ha-wordpress.yaml") + (arguments[^1] == "v3" ? "\napi: v3\n" : "");
        var act = arguments is [_, var word] && Alteration.All.GetValueOrDefault(word) is { } alteration ? alteration : (Act)new Creation("ha-wordpress", plan);
        var stage = new Stage(act, arguments is [_, "double"] ? inner => new DoublesLostCreates(inner) : null);
        var model = await stage.RehearseAsync(Seed);
        if (arguments[0] == "list")
        {
            Console.Out.Write(string.Join('\n', [.. model.Requests, $"{model.Commits}"]));
            return;
        }

        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.Out.WriteLine(await VerdictAsync(() => line.StartsWith(Days.Word, StringComparison.Ordinal)
                ? Days.PlayAsync(long.Parse(line[Days.Word.Length..], CultureInfo.InvariantCulture), plan, model)
                : stage.PlayAsync(Case.Parse(line), model)));
        }
    }

    private static async Task<Verdict> VerdictAsync(Func<Task<Verdict>> play)
    {
        try
        {
            return await play();
        }
        catch (Exception thrown)
        {
            return new Verdict([$"{thrown}"], 0, 0);
        }
    }
}
