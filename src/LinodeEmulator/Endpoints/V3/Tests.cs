using System.Text.Json.Nodes;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>What says something about the API itself.</summary>
internal static class Tests
{
    public static void Map(ActionTable actions)
    {
        actions.Read("test.echo", "Echoes the parameters", Echo);
        actions.Add(new V3Action("api.spec", "Describes the API", Spec, []) { Key = KeyUse.None, IsReading = true });
    }

    private static JsonObject Echo(V3Call call) =>
        new(call.AllSent.OfAction.Select(pair => KeyValuePair.Create(pair.Key.ToUpperInvariant(), (JsonNode?)pair.Value)));

    private static JsonObject Spec(V3Call call) => new()
    {
        ["VERSION"] = UnknownsV3.SpecVersion,
        ["METHODS"] = new JsonObject(ActionTable.All.Actions.Select(action => KeyValuePair.Create(action.Name, (JsonNode?)Describe(action)))),
    };

    private static JsonObject Describe(V3Action action) => new()
    {
        ["DESCRIPTION"] = action.Description,
        ["THROWS"] = action.Throws,
        ["PARAMETERS"] = new JsonObject(action.Parameters.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)Describe(one)))),
    };

    private static JsonObject Describe(Parameter parameter)
    {
        var described = new JsonObject
        {
            ["NAME"] = parameter.Name,
            ["DESCRIPTION"] = "",
            ["REQUIRED"] = parameter.IsRequired,
            ["TYPE"] = parameter.TypeName,
        };
        if (parameter.Default is { } otherwise)
        {
            described["default"] = otherwise;
        }

        return described;
    }
}
