using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Changes;

/// <summary>What a plan has ride in the create call of a group's nodes.</summary>
internal sealed class Riders
{
    // The same for all nodes of a group, of which there may be thousands.
    private readonly Lazy<BootScript?> closing;
    private readonly Lazy<BootScript?> plain;

    private Riders(ResolvedAction? stackScript, IReadOnlyList<ResolvedAction> parts)
    {
        (StackScript, Parts) = (stackScript, parts);
        closing = new(() => BootScript.Of(closes: true, stackScript is null ? null : TextOf(stackScript)));
        plain = new(() => BootScript.Of(closes: false, stackScript is null ? null : TextOf(stackScript)));
    }

    /// <summary>Nothing.</summary>
    public static Riders None { get; } = new(null, []);

    /// <summary>The StackScript, or null.</summary>
    public ResolvedAction? StackScript { get; }

    /// <summary>Parts of the user data, in the plan's order.</summary>
    public IReadOnlyList<ResolvedAction> Parts { get; }

    /// <summary>The parts as user data has them.</summary>
    public IReadOnlyList<UserDataPart> UserData => [.. Parts.Select(part => new UserDataPart(part.Target, TextOf(part)))];

    /// <summary>Those among the actions of a group.</summary>
    public static Riders Of(IReadOnlyList<ResolvedAction> actions) => new(
        actions.FirstOrDefault(action => action.Kind == RiderKinds.StackScript), [.. actions.Where(action => action.Kind == RiderKinds.CloudInit)]);

    /// <summary>The script that a node with these riders needs on the account, or null.</summary>
    public BootScript? ScriptFor(ResolvedNode node) => (node.TakesUserData ? plain : closing).Value;

    // Whoever works out changes has seen to it that the text is there.
    private static string TextOf(ResolvedAction action) =>
        action.Text ?? throw new InvalidOperationException($"the text of {action.Name} was not fetched");
}
