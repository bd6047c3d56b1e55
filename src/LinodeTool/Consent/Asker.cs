using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;
using LinodeTool.Output;

namespace LinodeTool.Consent;

/// <summary>Asks the person at the terminal, or decides in their absence.</summary>
internal sealed class Asker(ToolHost host, bool canAsk, bool yes, decimal? limit)
{
    public bool CanAsk => canAsk && !yes;

    /// <summary>Agreement to add things that cost money.</summary>
    /// <exception cref="LinodeToolkitException">LCT81xx: not agreed to.</exception>
    public async Task AgreeToAddAsync(string question, decimal monthly)
    {
        var over = limit is { } most && monthly > most;
        switch (ConsentPolicy.Decide(Deed.Adds, canAsk, yes, over))
        {
            case Decision.Refuse:
                throw new LinodeToolkitException(ConsentProblems.OverLimit(monthly, limit!.Value));
            case Decision.AskYesNo:
                if (over)
                {
                    host.Error.WriteLine($"this is more than the limit of {Say.Money(limit!.Value)} a month");
                }

                await AgreeAsync(question, "nothing was created").ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Agreement to believe something that only a person can have looked at.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="deed">What would be done, e.g. <c>accepting another host key of web-1</c>.</param>
    /// <param name="shown">What there is to look at, line by line.</param>
    /// <exception cref="LinodeToolkitException">LCT81xx: not agreed to.</exception>
    public async Task AgreeToTrustAsync(string question, string deed, IEnumerable<string> shown)
    {
        switch (ConsentPolicy.Decide(Deed.Trusts, canAsk, yes, overLimit: false))
        {
            case Decision.Refuse:
                throw new LinodeToolkitException(ConsentProblems.NeedsYes(deed));
            case Decision.AskYesNo:
                foreach (var line in shown)
                {
                    host.Error.WriteLine(line);
                }

                await AgreeAsync(question, "nothing was changed").ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Agreement to have from now on what somebody made by other means; it has been shown by then.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="deed">What would be done, e.g. <c>marking 3 things as those of cluster web</c>; null where records here are all.</param>
    /// <exception cref="LinodeToolkitException">LCT81xx: not agreed to.</exception>
    public async Task AgreeToAdoptAsync(string question, string? deed)
    {
        switch (ConsentPolicy.Decide(deed is null ? Deed.Adds : Deed.Adopts, canAsk, yes, overLimit: false))
        {
            case Decision.Refuse:
                throw new LinodeToolkitException(ConsentProblems.NeedsYes(deed!));
            case Decision.AskYesNo:
                await AgreeAsync(question, "nothing was changed").ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Agreement to disturb what is at work.</summary>
    public async Task AgreeToDisturbAsync(string question)
    {
        if (ConsentPolicy.Decide(Deed.Disturbs, canAsk, yes, overLimit: false) == Decision.AskYesNo)
        {
            await AgreeAsync(question, "nothing was changed").ConfigureAwait(false);
        }
    }

    /// <summary>For work that never asks: the limit holds all the same.</summary>
    public void RefuseAboveLimit(decimal monthly)
    {
        if (limit is { } most && monthly > most)
        {
            throw new LinodeToolkitException(ConsentProblems.OverLimit(monthly, most));
        }
    }

    /// <summary>Agreement to lose something: its name has to be typed.</summary>
    /// <param name="name">What has to be typed.</param>
    /// <param name="deed">What would be done, e.g. <c>deleting cluster web</c>.</param>
    /// <param name="lost">What is lost, line by line.</param>
    /// <exception cref="LinodeToolkitException">LCT81xx: not agreed to.</exception>
    public async Task AgreeToLoseAsync(string name, string deed, IEnumerable<string> lost)
    {
        switch (ConsentPolicy.Decide(Deed.Destroys, canAsk, yes, overLimit: false))
        {
            case Decision.Refuse:
                throw new LinodeToolkitException(ConsentProblems.NeedsYes(deed));
            case Decision.AskName:
                foreach (var line in lost)
                {
                    host.Error.WriteLine(line);
                }

                var typed = await AskAsync($"This cannot be undone. Type {name} to go on: ").ConfigureAwait(false);
                if (typed?.Trim() != name)
                {
                    throw new LinodeToolkitException(ConsentProblems.Declined("nothing was deleted"));
                }

                break;
        }
    }

    /// <summary>A line typed in hiding, such as a secret; null where none was typed.</summary>
    public async Task<string?> ReadHiddenAsync(string prompt)
    {
        host.Error.Write(prompt);
        var typed = await Task.Run(host.ReadHidden).WaitAsync(host.Interrupt.Stop).ConfigureAwait(false);
        host.Error.WriteLine();
        return typed;
    }

    private async Task AgreeAsync(string question, string otherwise)
    {
        var answer = await AskAsync($"{question} [y/N] ").ConfigureAwait(false);
        if (answer?.Trim().ToLowerInvariant() is not ("y" or "yes"))
        {
            throw new LinodeToolkitException(ConsentProblems.Declined(otherwise));
        }
    }

    /// <summary>Reading blocks; Ctrl-C must not wait for it.</summary>
    private async Task<string?> AskAsync(string question)
    {
        host.Error.Write(question);
        return await Task.Run(host.In.ReadLine).WaitAsync(host.Interrupt.Stop).ConfigureAwait(false);
    }
}
