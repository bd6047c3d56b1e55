using LinodeEmulator.State;
using LinodeEmulator.State.Work;

namespace LinodeEmulator.Faults;

/// <summary>Puts rules in force and lifts them while the emulator runs.</summary>
internal sealed class FaultControl(FaultBook faults, Cloud cloud, long seed)
{
    /// <summary>Takes a rule, or a mixture. Who comes to the console comes to the Linodes that are there already, too.</summary>
    /// <exception cref="FormatException">It is neither; the message says why.</exception>
    public IReadOnlyList<StandingFault> Add(string spec, DateTime now)
    {
        List<StandingFault> added = [.. FaultSpec.ParseAll(spec, seed).Select(faults.Add)];
        cloud.CatchUp(now);
        if (added.Exists(fault => fault.Rule.Effect == FaultEffect.Console))
        {
            foreach (var row in cloud.Instances.Rows.ToList())
            {
                ConsoleJob.Expect(cloud, row, faults.VisitsTo(row.Label), now);
            }
        }

        return added;
    }

    /// <summary>Lifts every rule; nothing of them is met by later work.</summary>
    public void Lift(DateTime now)
    {
        faults.Clear();
        ClearUp(now);
    }

    /// <summary>Lifts one rule. False when there is no such rule.</summary>
    public bool Lift(int id, DateTime now)
    {
        var isThere = faults.Remove(id);
        ClearUp(now);
        return isThere;
    }

    private void ClearUp(DateTime now)
    {
        cloud.CatchUp(now);
        Aftermath.Clear(cloud, faults.Standing, now);
    }
}
