using System.Text.Json.Nodes;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Whether an action wants a key.</summary>
internal enum KeyUse
{
    Needed,

    /// <summary>Answers without one, but not with a wrong one.</summary>
    Optional,

    /// <summary>Does not look at it.</summary>
    None,
}

/// <summary>An action of API v3: what it is called, what it takes, what it can be refused for, and what it does.</summary>
internal sealed record V3Action(string Name, string Description, Func<V3Call, JsonNode?> Do, IReadOnlyList<Parameter> Parameters)
{
    public KeyUse Key { get; init; } = KeyUse.Needed;

    /// <summary>Names of errors, as its description lists them.</summary>
    public string Throws { get; init; } = "";

    /// <summary>Answers with an error that is none: <c>{0, "ok"}</c>.</summary>
    public bool SaysOk { get; init; }

    /// <summary>Counts in the limit of Linodes that may be added in an hour.</summary>
    public bool AddsLinode { get; init; }

    public bool IsForBatch { get; init; } = true;

    /// <summary>Changes nothing.</summary>
    public bool IsReading { get; init; }

    /// <summary>The first word of its name.</summary>
    public string Class => Name[..Name.IndexOf('.')];

    /// <summary>The scope that a token of v4 has to have to be good for it as a key.</summary>
    public string Scope => Class switch
    {
        "linode" => Scoped("linodes"),
        "stackscript" => Scoped("stackscripts"),
        "image" => Scoped("images"),
        "nodebalancer" => Scoped("nodebalancers"),
        "domain" => Scoped("domains"),
        "volume" => Scoped("volumes"),
        "account" => Scoped("account"),
        _ => "*",
    };

    /// <summary>What is wrong with what was sent, all of it.</summary>
    public void Check(SentParameters sent)
    {
        var wrong = Parameters.Select(parameter => parameter.Complaint(sent.Find(parameter.Name))).OfType<ErrorCode>().ToList();
        if (wrong.Count > 0)
        {
            throw new ApiV3Problem(wrong);
        }
    }

    private string Scoped(string area) => $"{area}:{(IsReading ? "read_only" : "read_write")}";
}
