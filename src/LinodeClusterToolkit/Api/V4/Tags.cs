namespace LinodeClusterToolkit.Api.V4;

/// <summary>Tags of the account.</summary>
public sealed record ListTags() : V4List<TagReply>($"tags", V4Json.Default.V4PageTagReply);

/// <summary>What carries a tag.</summary>
public sealed record ListTagged(string Label) : V4List<TaggedReply>($"tags/{Label}", V4Json.Default.V4PageTaggedReply);

/// <summary>Makes a tag and puts it on what is named.</summary>
public sealed record CreateTag(TagBody Tag)
    : V4Operation<TagReply>(HttpMethod.Post, $"tags", V4Json.Default.TagReply, JsonBody.Of(Tag, V4Json.Default.TagBody));

/// <summary>Deletes a tag and takes it from everything.</summary>
public sealed record DeleteTag(string Label) : V4Operation<NoReply>(HttpMethod.Delete, $"tags/{Label}", null);

/// <summary>A tag and what to put it on.</summary>
public sealed record TagBody(
    string Label, IReadOnlyList<long>? Linodes = null, IReadOnlyList<long>? Volumes = null, IReadOnlyList<long>? Nodebalancers = null);

/// <summary>A tag as the wire has it.</summary>
public sealed record TagReply(string Label);

/// <summary>Something that carries a tag: its type, and of itself what all types have.</summary>
public sealed record TaggedReply(string Type, EntityReply Data);
