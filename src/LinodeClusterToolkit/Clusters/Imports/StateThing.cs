using System.Globalization;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>A resource of Linode in a Terraform state, with what may be read of it.</summary>
/// <param name="Type">Its type, e.g. <c>linode_instance</c>.</param>
/// <param name="Address">Its address, e.g. <c>module.shop.linode_instance.web[0]</c>.</param>
/// <param name="Group">What its address says of its place: modules and name.</param>
/// <param name="Number">Its number by <c>count</c>, from 1; null where it has none.</param>
/// <param name="Facts">Attributes that are one value, as text.</param>
/// <param name="Lists">Attributes that are several.</param>
internal sealed record StateThing(
    string Type, string Address, string Group, int? Number, IReadOnlyDictionary<string, string> Facts,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lists)
{
    public long? Id => Whole("id");

    public string? Fact(string name) => Facts.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public long? Whole(string name) =>
        long.TryParse(Fact(name), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}

/// <summary>A Terraform state, as far as it is of use here.</summary>
/// <param name="Lineage">What stays the same over all states of one configuration; empty where it says nothing.</param>
/// <param name="Things">Resources of Linode that are taken up, or say something of one that is.</param>
/// <param name="Bystanders">All else that it manages.</param>
internal sealed record TerraformState(string Lineage, IReadOnlyList<StateThing> Things, IReadOnlyList<ImportBystander> Bystanders);
