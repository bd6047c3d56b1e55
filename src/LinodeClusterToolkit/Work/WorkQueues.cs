namespace LinodeClusterToolkit.Work;

/// <summary>Names of queues.</summary>
internal static class WorkQueues
{
    /// <summary>Runs to be conducted.</summary>
    public const string Runs = "lct.runs";

    /// <summary>Steps of all customers, where they have no queues of their own.</summary>
    public const string Steps = "lct.steps";

    /// <summary>What was handed over too often, or rejected: workers write it to the list of what failed, with the reason.</summary>
    public const string Dead = "lct.dead";

    /// <summary>What nobody can read: kept for people to look at.</summary>
    public const string Unreadable = "lct.unreadable";

    /// <summary>Steps of one customer, where each has a queue.</summary>
    public static string StepsOf(string application, string customer) =>
        $"{Steps}.{Uri.EscapeDataString(application)}.{Uri.EscapeDataString(customer)}";
}
