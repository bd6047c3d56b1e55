namespace LinodeTool.Consent;

/// <summary>What a command does to what exists.</summary>
internal enum Deed
{
    Adds,
    Disturbs,
    Destroys,
    Trusts,
    Adopts,
}

/// <summary>How agreement is come by.</summary>
internal enum Decision
{
    Go,
    AskYesNo,
    AskName,
    Refuse,
}

/// <summary>Who has to agree, and how; a table without side effects.</summary>
internal static class ConsentPolicy
{
    /// <param name="deed">What would be done.</param>
    /// <param name="canAsk">True where a person sits at the terminal and may be asked.</param>
    /// <param name="yes">True where agreement was given on the command line.</param>
    /// <param name="overLimit">True where it costs more a month than allowed.</param>
    public static Decision Decide(Deed deed, bool canAsk, bool yes, bool overLimit) => (deed, canAsk, yes, overLimit) switch
    {
        (_, false, _, true) or (_, _, true, true) => Decision.Refuse,
        (_, _, true, _) => Decision.Go,
        (Deed.Adds or Deed.Disturbs, true, _, _) => Decision.AskYesNo,
        (Deed.Adds or Deed.Disturbs, false, _, _) => Decision.Go,
        (Deed.Destroys, true, _, _) => Decision.AskName,
        (Deed.Trusts or Deed.Adopts, true, _, _) => Decision.AskYesNo,
        _ => Decision.Refuse,
    };
}
