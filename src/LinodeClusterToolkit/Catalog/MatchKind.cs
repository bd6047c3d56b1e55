namespace LinodeClusterToolkit.Catalog;

/// <summary>How a text was understood, surest first.</summary>
public enum MatchKind
{
    /// <summary>It is the id.</summary>
    Id,

    /// <summary>It is a name from an older API: an id of 2017, a number or abbreviation of version 3.</summary>
    Legacy,

    /// <summary>It is the label, the city, or the id without its prefix.</summary>
    Name,

    /// <summary>It is a memory size, perhaps with the class: <c>1gb</c>, <c>dedicated 4gb</c>.</summary>
    Size,

    /// <summary>It says what the type must have: <c>ram:80GB</c>, <c>vcpus:8</c>.</summary>
    Attribute,

    /// <summary>All its words stand in the name.</summary>
    Words,

    /// <summary>Only one name begins so.</summary>
    Prefix,
}
