namespace LinodeClusterToolkit.Api.V3;

/// <summary>What an action does, as far as sending it again depends on it: API v3 has one HTTP method for all of them.</summary>
public enum V3Effect
{
    /// <summary>It changes nothing.</summary>
    Looks,

    /// <summary>Done twice it has the effect of being done once, as an update or a delete has.</summary>
    Sets,

    /// <summary>
    /// Each time it makes something, and be it a job that fails because the first one did its work: never sent again where it may have been done.
    /// </summary>
    Makes,
}
