namespace LinodeEmulator.State;

/// <summary>One kind of work: how long it takes and what it does to the cloud at each stage. Its name is the action of its event.</summary>
internal abstract class JobKind(string name, Range takes)
{
    public string Name => name;

    public Range Takes => takes;

    public virtual Range? Settles => null;

    /// <summary>Whether faults of boots bear on it; those of other work do on the rest.</summary>
    public virtual bool IsBoot => false;

    public virtual Range TakesNow(Cloud cloud, Job job) => takes;

    public virtual void Begin(Cloud cloud, Job job, DateTime at)
    {
    }

    /// <summary>Its effect becomes visible. Without a settling time that is together with <see cref="Finish"/>.</summary>
    public virtual void TakeEffect(Cloud cloud, Job job, DateTime at)
    {
    }

    public virtual void Finish(Cloud cloud, Job job, DateTime at)
    {
    }

    public virtual void Fail(Cloud cloud, Job job, DateTime at)
    {
    }

    /// <summary>Why there is nothing for it to do, if so.</summary>
    public virtual string? NothingToDo(Cloud cloud, Job job) => null;

    /// <summary>Why it failed, as far as anybody is told.</summary>
    public virtual string Failure(Cloud cloud, Job job) => "";

    /// <summary>Whether it is bound to fail, whatever the faults say.</summary>
    public virtual bool IsDoomed(Cloud cloud, Job job) => false;
}
