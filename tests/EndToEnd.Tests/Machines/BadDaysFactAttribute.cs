namespace EndToEnd.Tests.Machines;

/// <summary>A fact about bad days on real hosts: minutes each, so they are played where somebody asks for them.</summary>
public sealed class BadDaysFactAttribute : FactAttribute
{
    public const string Variable = "LCT_BAD_DAYS";

    public BadDaysFactAttribute() => Skip = MachinesFactAttribute.Missing
        ?? (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? $"minutes a day: {Variable}=20 plays the first twenty" : null);
}
