using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Domains of the account, or one of them.</summary>
public sealed record ListDomains(long? DomainId = null) : V3Operation<IReadOnlyList<DomainReply>>(
    "domain.list", V3Effect.Looks, V3Json.Default.IReadOnlyListDomainReply, new() { { "DomainID", DomainId } });

/// <summary>Creates a domain; name and type must be given, for a master the e-mail address too.</summary>
public sealed record CreateDomain(DomainBody Domain) : V3Operation<DomainIdReply>(
    "domain.create", V3Effect.Makes, V3Json.Default.DomainIdReply, Domain.ToParameters(null));

/// <summary>Changes a domain; what is null stays.</summary>
public sealed record UpdateDomain(long DomainId, DomainBody Domain) : V3Operation<DomainIdReply>(
    "domain.update", V3Effect.Sets, V3Json.Default.DomainIdReply, Domain.ToParameters(DomainId));

/// <summary>Deletes a domain with its records.</summary>
public sealed record DeleteDomain(long DomainId) : V3Operation<DomainIdReply>(
    "domain.delete", V3Effect.Sets, V3Json.Default.DomainIdReply, new() { { "DomainID", DomainId } });

/// <summary>What a domain is: master or slave; status 0 disabled, 1 active, 2 edited; times in seconds, rounded up by the API.</summary>
public sealed record DomainBody(string? Domain = null, string? Type = null, string? SoaEmail = null, string? Description = null)
{
    /// <summary>0 disabled, 1 active, 2 edited.</summary>
    public int? Status { get; init; }

    /// <summary>Display group.</summary>
    public string? DisplayGroup { get; init; }

    /// <summary>Where a slave gets it from.</summary>
    public IReadOnlyList<string>? MasterIps { get; init; }

    /// <summary>Who may have it as a whole.</summary>
    public IReadOnlyList<string>? AxfrIps { get; init; }

    /// <summary>Time to live; 0 for the default.</summary>
    public int? TtlSec { get; init; }

    /// <summary>How often slaves look.</summary>
    public int? RefreshSec { get; init; }

    /// <summary>How soon slaves look again.</summary>
    public int? RetrySec { get; init; }

    /// <summary>How long slaves go on without.</summary>
    public int? ExpireSec { get; init; }

    // master_ips: 192.0.2.1;192.0.2.2
    internal V3Parameters ToParameters(long? id) => new()
    {
        { "DomainID", id }, { "Domain", Domain }, { "Type", Type }, { "SOA_Email", SoaEmail }, { "Description", Description },
        { "status", Status }, { "lpm_displayGroup", DisplayGroup }, { "master_ips", MasterIps is null ? null : string.Join(';', MasterIps) },
        { "axfr_ips", AxfrIps is null ? null : string.Join(';', AxfrIps) }, { "TTL_sec", TtlSec }, { "Refresh_sec", RefreshSec },
        { "Retry_sec", RetrySec }, { "Expire_sec", ExpireSec },
    };
}

/// <summary>A domain as the wire has it.</summary>
public sealed record DomainReply(
    long DomainId, string Domain = "", string Type = "", int? Status = null, string Description = "",
    [property: JsonPropertyName("SOA_EMAIL")] string SoaEmail = "",
    [property: JsonPropertyName("LPM_DISPLAYGROUP")] string DisplayGroup = "",
    [property: JsonPropertyName("MASTER_IPS")] string MasterIps = "",
    [property: JsonPropertyName("AXFR_IPS")] string AxfrIps = "",
    [property: JsonPropertyName("TTL_SEC")] int? TtlSec = null,
    [property: JsonPropertyName("REFRESH_SEC")] int? RefreshSec = null,
    [property: JsonPropertyName("RETRY_SEC")] int? RetrySec = null,
    [property: JsonPropertyName("EXPIRE_SEC")] int? ExpireSec = null);

/// <summary>Which domain was made or changed.</summary>
public sealed record DomainIdReply(long DomainId);
