namespace LinodeClusterToolkit.Tests.Secrets.Age;

/// <summary>A fact that the age program judges; skipped aloud without it.</summary>
public sealed class AgeFactAttribute : FactAttribute
{
    public AgeFactAttribute() => Skip = IsHere("age") && IsHere("python3") ? null : "needs age and python3; apt-get install age python3";

    private static bool IsHere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
