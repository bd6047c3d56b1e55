using System.Text.RegularExpressions;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.House;

/// <summary>The table of rooms: who may use whom. A change here is a change of the house, to be talked about in review.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] Ground = ["Diagnostics", "Naming", "Security"];

    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Diagnostics"] = [],
        ["Naming"] = [],
        ["Security"] = ["Diagnostics"],
        ["Sql"] = ["Diagnostics"],
        ["Sqlite"] = ["Diagnostics", "Security", "Sql"],
        ["JsonFiles"] = ["Diagnostics", "Security", "Sql"],
        ["Leases"] = ["Diagnostics", "Sql", "JsonFiles"],
        ["Tasks"] = ["Diagnostics", "Sql", "JsonFiles", "Leases"],
        ["Catalog"] = ["Diagnostics"],
        ["Work"] = ["Diagnostics", "Sql", "Leases", "Tasks", "Inventory"],
        ["Plans"] = ["Diagnostics", "Naming", "Security", "Catalog"],
        ["Secrets"] = ["Diagnostics", "Security"],
        ["Inventory"] = ["Diagnostics", "Sql", "JsonFiles", "Leases"],
        ["Keeping"] = ["Diagnostics", "Security", "Sql", "Sqlite", "JsonFiles", "Leases", "Tasks", "Inventory", "Work"],
        ["Remote"] = ["Diagnostics", "Security"],
        ["Api"] = ["Diagnostics", "Security", "Catalog"],
        ["Rates"] = ["Diagnostics", "Sql", "Api"],
        ["Feeds"] = ["Diagnostics", "Sql", "Api"],
        ["Changes"] = [.. Ground, "Plans", "Inventory", "Tasks"],
        ["Provisioning"] = [.. Ground, "Plans", "Changes", "Api", "Inventory", "Secrets", "Tasks"],
        ["Configuration"] = [.. Ground, "Plans", "Changes", "Remote", "Inventory", "Secrets", "Tasks"],
        ["Clusters"] =
        [
            .. Ground, "Leases", "Tasks", "Work", "Catalog", "Plans", "Secrets", "Inventory", "Api", "Remote", "Changes", "Provisioning", "Configuration",
        ],
    };

    public static TheoryData<string> Rooms => [.. Folders()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_it_may(string room)
    {
        Assert.True(MayUse.ContainsKey(room), $"{room} is not in the table of rooms: say there what it may use");
        var slips = from file in Directory.EnumerateFiles(Path.Combine(Core, room), "*.cs", SearchOption.AllDirectories)
                    from Match used in OtherRoom().Matches(File.ReadAllText(file))
                    let other = used.Groups[1].Value
                    where other != room && Folders().Contains(other) && !MayUse[room].Contains(other)
                    select $"{Path.GetRelativePath(Core, file)} uses {other}";
        Assert.Equal([], slips.Distinct());
    }

    [Fact]
    public void No_room_names_the_tool_or_the_emulator()
    {
        var slips = from file in Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories)
                    where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")
                    let text = File.ReadAllText(file)
                    where text.Contains("using LinodeTool") || text.Contains("using LinodeEmulator")
                    select Path.GetRelativePath(Core, file);
        Assert.Equal([], slips);
    }

    [Fact]
    public void The_emulator_knows_nothing_of_the_toolkit()
    {
        var project = File.ReadAllText(Repository.Path("src/LinodeEmulator/LinodeEmulator.csproj"));
        Assert.DoesNotContain("ProjectReference", project);
    }

    private static string Core => Repository.Path("src/LinodeClusterToolkit");

    private static List<string> Folders() =>
        [.. Directory.EnumerateDirectories(Core).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj"))];

    // Both a using line and a name written out in full show that a room is used.
    [GeneratedRegex(@"\bLinodeClusterToolkit\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex OtherRoom();
}
