namespace LinodeClusterToolkit.Api.Http;

/// <summary>What is known of one rate limit: what answers told, and when the window of what was sent has certainly ended.</summary>
/// <remarks>
/// The server counts every request, refused ones too, in fixed windows that start when a request arrives and none is open. Arrival is not seen here:
/// it lies between sending and answer. So the window a request was counted in has certainly ended one window after its own answer; or, for what was
/// sent and answered within one window after a quiet time, one window after the first answer of that burst, since all of it fell into the same one.
/// Times are counted from an origin of the caller's choice.
/// </remarks>
internal sealed record LimitBook(LimitRule Rule)
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMinutes(10);

    /// <summary>Requests a window takes.</summary>
    public int Limit { get; set; } = Rule.Calls;

    /// <summary>What no header may raise the limit above.</summary>
    public int Ceiling { get; set; } = Rule.HeaderMayRaise ? int.MaxValue : Rule.Calls;

    /// <summary>Nothing is sent before.</summary>
    public TimeSpan ClosedUntil { get; set; }

    /// <summary>When the first request after the last quiet time was let through.</summary>
    public TimeSpan BurstBegan { get; private set; }

    /// <summary>When the first answer of that burst came; null until then.</summary>
    public TimeSpan? FirstAnswer { get; private set; }

    /// <summary>Notes a request that is let through while every window before has ended.</summary>
    public void BeginBurst(TimeSpan now) => (BurstBegan, FirstAnswer) = (now, null);

    /// <summary>Goes on with a burst that was noted elsewhere.</summary>
    public void TakeUpBurst(TimeSpan began, TimeSpan? answered) => (BurstBegan, FirstAnswer) = (began, answered);

    /// <summary>Whether what was answered so, then, fell into the burst's one window; the burst's first answer is noted.</summary>
    public bool IsOfBurst(RateAnswer answer, TimeSpan at)
    {
        if (!answer.ShowsWindow || at < BurstBegan || at >= BurstBegan + Rule.Window)
        {
            return false;
        }

        FirstAnswer = FirstAnswer < at ? FirstAnswer : at;
        return true;
    }

    /// <summary>When the window has certainly ended that counted what was answered so, then.</summary>
    public TimeSpan WindowEnd(RateAnswer answer, TimeSpan at) => (IsOfBurst(answer, at) ? FirstAnswer!.Value : at) + Rule.Window;

    /// <summary>Takes in what an answer told then.</summary>
    public void Learn(RateAnswer told, TimeSpan at)
    {
        if (told.Refused)
        {
            Ceiling = Math.Min(Ceiling, told.Limit ?? Ceiling);
            var wait = told.RetryAfter ?? (told.UntilReset > TimeSpan.Zero ? told.UntilReset.Value : Rule.Window);
            var end = at + (wait < LongestClosing ? wait : LongestClosing);
            ClosedUntil = end > ClosedUntil ? end : ClosedUntil;
        }

        Limit = Math.Min(told.Limit ?? Limit, Ceiling);
    }

    /// <summary>How long what others used of the account stays used: it shows as permits that are gone without our doing.</summary>
    public TimeSpan LengthOfOthers(RateAnswer told) =>
        // Reset has whole seconds, so one more is safe.
        told.UntilReset > TimeSpan.Zero && told.UntilReset < Rule.Window - TimeSpan.FromSeconds(1)
            ? told.UntilReset.Value + TimeSpan.FromSeconds(1)
            : Rule.Window;
}
