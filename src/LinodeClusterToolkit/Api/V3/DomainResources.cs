using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Records of a domain, or one of them.</summary>
public sealed record ListDomainResources(long DomainId, long? ResourceId = null) : V3Operation<IReadOnlyList<DomainResourceReply>>(
    "domain.resource.list", V3Effect.Looks, V3Json.Default.IReadOnlyListDomainResourceReply, new()
    {
        { "DomainID", DomainId }, { "ResourceID", ResourceId },
    });

/// <summary>Adds a record to a domain; its type must be given.</summary>
public sealed record CreateDomainResource(long DomainId, DomainResourceBody Resource) : V3Operation<DomainResourceIdReply>(
    "domain.resource.create", V3Effect.Makes, V3Json.Default.DomainResourceIdReply, Resource.ToParameters(DomainId, null));

/// <summary>Changes a record; what is null stays.</summary>
public sealed record UpdateDomainResource(long DomainId, long ResourceId, DomainResourceBody Resource) : V3Operation<DomainResourceIdReply>(
    "domain.resource.update", V3Effect.Sets, V3Json.Default.DomainResourceIdReply, Resource.ToParameters(DomainId, ResourceId));

/// <summary>Takes a record from a domain.</summary>
public sealed record DeleteDomainResource(long DomainId, long ResourceId) : V3Operation<DomainResourceIdReply>(
    "domain.resource.delete", V3Effect.Sets, V3Json.Default.DomainResourceIdReply, new() { { "DomainID", DomainId }, { "ResourceID", ResourceId } });

/// <summary>What a record is: NS, MX, A, AAAA, CNAME, TXT or SRV; time to live in seconds, 0 for the domain's.</summary>
public sealed record DomainResourceBody(
    string? Type = null, string? Name = null, string? Target = null, int? Priority = null, int? Weight = null, int? Port = null,
    string? Protocol = null, int? TtlSec = null)
{
    internal V3Parameters ToParameters(long domainId, long? resourceId) => new()
    {
        { "DomainID", domainId }, { "ResourceID", resourceId }, { "Type", Type }, { "Name", Name }, { "Target", Target },
        { "Priority", Priority }, { "Weight", Weight }, { "Port", Port }, { "Protocol", Protocol }, { "TTL_sec", TtlSec },
    };
}

/// <summary>A record as the wire has it; of an SRV record service and protocol are in its name.</summary>
public sealed record DomainResourceReply(
    long ResourceId, long? DomainId = null, string Type = "", string Name = "", string Target = "", int? Priority = null, int? Weight = null,
    int? Port = null, string Protocol = "", [property: JsonPropertyName("TTL_SEC")] int? TtlSec = null);

/// <summary>Which record was made or changed.</summary>
public sealed record DomainResourceIdReply(long ResourceId);
