namespace Properties.Tests;

/// <summary>Makes of a case that fails the smallest one that still does, by leaving out ever smaller parts of its troubles.</summary>
internal static class Shrink
{
    public static async Task<Case> ToSmallestAsync(Case failing, Func<Case, Task<bool>> fails)
    {
        var left = failing.Troubles;
        for (var part = left.Count / 2; part > 0; part /= 2)
        {
            for (var at = 0; at < left.Count && left.Count > part;)
            {
                IReadOnlyList<Trouble> fewer = [.. left.Take(at), .. left.Skip(at + part)];
                if (await fails(failing with { Troubles = fewer }))
                {
                    left = fewer;
                }
                else
                {
                    at += part;
                }
            }
        }

        return failing with { Troubles = left };
    }
}
