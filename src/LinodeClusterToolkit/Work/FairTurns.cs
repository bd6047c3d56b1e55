namespace LinodeClusterToolkit.Work;

/// <summary>Work that waits for a turn: customers take turns, and among the work of one customer its runs do.</summary>
internal sealed class FairTurns<T>
{
    private readonly Lock gate = new();
    private readonly LinkedList<(string Name, LinkedList<(string Name, Queue<T> Items)> Runs)> customers = new();

    public int Count { get; private set; }

    public void Add(string customer, string run, T item)
    {
        lock (gate)
        {
            var runs = Of(customers, customer, () => new LinkedList<(string, Queue<T>)>());
            Of(runs, run, () => new Queue<T>()).Enqueue(item);
            Count++;
        }
    }

    public bool TryTake(out T item)
    {
        lock (gate)
        {
            item = default!;
            if (customers.First is not { } customer)
            {
                return false;
            }

            var run = customer.Value.Runs.First!;
            item = run.Value.Items.Dequeue();
            Count--;
            GoBehind(customer.Value.Runs, run, isDone: run.Value.Items.Count == 0);
            GoBehind(customers, customer, isDone: customer.Value.Runs.Count == 0);
            return true;
        }
    }

    private static TOf Of<TOf>(LinkedList<(string Name, TOf Of)> all, string name, Func<TOf> make)
    {
        var found = all.FirstOrDefault(one => one.Name == name);
        return found.Name is not null ? found.Of : all.AddLast((name, make())).Value.Of;
    }

    private static void GoBehind<TOf>(LinkedList<TOf> all, LinkedListNode<TOf> one, bool isDone)
    {
        all.Remove(one);
        if (!isDone)
        {
            all.AddLast(one);
        }
    }
}
