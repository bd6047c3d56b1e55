using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Events of the account, of the last 90 days.</summary>
public sealed record ListEvents() : V4List<EventReply>($"account/events", V4Json.Default.V4PageEventReply)
{
    /// <summary>A page of the newest, the newest first.</summary>
    internal static ListEvents Newest { get; } = new() { Filter = V4Filter.None.OrderBy("id", descending: true) };
}

/// <summary>Marks every event up to this one as seen.</summary>
public sealed record MarkEventSeen(long Id) : V4Operation<NoReply>(HttpMethod.Post, $"account/events/{Id}/seen", null)
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>An event as the wire has it: percent is 100 for failed ones too, so judge by status; duration in seconds.</summary>
public sealed record EventReply(
    long Id, string Action, string Status, EntityReply? Entity = null, EntityReply? SecondaryEntity = null, DateTimeOffset? Created = null,
    double? Duration = null, string? Message = null, int? PercentComplete = null, string? Username = null);

/// <summary>What an event or a device is about; the id is null where it is no number.</summary>
public sealed record EntityReply([property: JsonConverter(typeof(LooseId))] long? Id = null, string? Type = null, string? Label = null);
