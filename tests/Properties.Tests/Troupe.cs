using LinodeClusterToolkit;

namespace Properties.Tests;

/// <summary>One life after another, as many of them to be killed as there are deaths.</summary>
/// <param name="deaths">What kills them.</param>
/// <param name="unharmed">How many lives come before the first that is killed.</param>
internal sealed class Troupe(IReadOnlyList<Trouble.Death> deaths, int unharmed = 0)
{
    private readonly List<Life> lives = [];

    private TaskCompletionSource death = new();

    public Life Living => lives[^1];

    public int Deaths { get; private set; }

    /// <summary>Ends when the one that lives, or comes to life next, is killed.</summary>
    public Task NextDeath()
    {
        death = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return death.Task;
    }

    public LinodeToolkitOptions Next(LinodeToolkitOptions options)
    {
        lives.Add(new Life(deaths.ElementAtOrDefault(lives.Count - unharmed), () =>
        {
            Deaths++;
            death.SetResult();
        }));
        return Living.Give(options);
    }

}
