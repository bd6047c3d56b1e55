using System.Reflection;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.House;

/// <summary>The public surface of the library as a text file: what users can lean on changes only where a reviewer sees it.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var approved = Repository.Path("tests/LinodeClusterToolkit.Tests/House/PublicApi.txt");
        var actual = string.Concat(Lines().Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("LCT_APPROVE") == "1")
        {
            File.WriteAllText(approved, actual);
        }

        Assert.Equal(File.ReadAllText(approved), actual);
    }

    private static IEnumerable<string> Lines() =>
        from type in typeof(LinodeToolkit).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
        from line in new[] { Kind(type) }.Concat(Members(type).Order(StringComparer.Ordinal).Select(member => $"    {member}"))
        select line;

    private static string Kind(Type type) => $"{type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    }} {type.FullName}";

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(declared))
        {
            switch (member)
            {
                case ConstructorInfo { IsPublic: true } constructor:
                    yield return $"new({Parameters(constructor)})";
                    break;
                case MethodInfo { IsPublic: true, IsSpecialName: false } method when !Generated(method):
                    yield return $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
                    break;
                case PropertyInfo { GetMethod.IsPublic: true } property when property.Name != "EqualityContract":
                    yield return $"{Static(property.GetMethod!.IsStatic)}{Name(property.PropertyType)} {property.Name}";
                    break;
                case FieldInfo { IsPublic: true, IsSpecialName: false } field:
                    yield return type.IsEnum ? field.Name : $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}";
                    break;
            }
        }
    }

    private static bool Generated(MethodInfo method) =>
        method.Name is "<Clone>$" or "Deconstruct" or "GetHashCode" or "Equals" or "PrintMembers";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
