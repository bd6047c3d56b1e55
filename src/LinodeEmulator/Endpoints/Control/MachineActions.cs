using System.Globalization;
using System.Text;
using LinodeEmulator.Hosts;
using LinodeEmulator.Http;

namespace LinodeEmulator.Endpoints.Control;

internal sealed record MachinesWire(IReadOnlyList<MachineView> Machines, IReadOnlyList<StrangerView> Strangers);

/// <summary>What can be done to one machine beside the API: read its console, take its power away, put another in its place.</summary>
internal static class MachineActions
{
    public static EmulatorResponse Handle(EmulatorCore core, IMachines machines, string method, string path, Func<BodyReader> body)
    {
        var words = path.Split('/');
        if (words.Length != 2 || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw ApiProblem.NotFound;
        }

        return (method, words[1]) switch
        {
            ("GET", "console") => new EmulatorResponse(
                200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(machines.Console(id) ?? throw ApiProblem.NotFound)),
            ("POST", "cut") => Done(Flag(body(), "lose") ? core.LoseHost(id) : machines.Cut(id)),
            ("POST", "impostor") => Done(machines.Replace(id, byImpostor: !Flag(body(), "end"))),
            (_, "console" or "cut" or "impostor") => throw new ApiProblem(405, new Wire.ApiError("Method Not Allowed")),
            _ => throw ApiProblem.NotFound,
        };
    }

    private static EmulatorResponse Done(bool found) => found ? Reply.Empty : throw ApiProblem.NotFound;

    private static bool Flag(BodyReader body, string name)
    {
        var flag = body.Flag(name) == true;
        body.Done();
        return flag;
    }
}
