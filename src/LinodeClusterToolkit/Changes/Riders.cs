using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Changes;

/// <summary>What a plan has ride in the create call of a group's nodes.</summary>
/// <param name="StackScript">The StackScript, or null.</param>
/// <param name="Parts">Parts of the user data, in the plan's order.</param>
internal sealed record Riders(ResolvedAction? StackScript, IReadOnlyList<ResolvedAction> Parts)
{
    /// <summary>Those among the actions of a group.</summary>
    public static Riders Of(IReadOnlyList<ResolvedAction> actions) => new(
        actions.FirstOrDefault(action => action.Kind == "stackscript"), [.. actions.Where(action => action.Kind == "cloudinit")]);

    /// <summary>The parts as user data has them.</summary>
    public IReadOnlyList<UserDataPart> UserData => [.. Parts.Select(part => new UserDataPart(part.Target, TextOf(part)))];

    /// <summary>The script that a node with these riders needs on the account, or null.</summary>
    public BootScript? ScriptFor(ResolvedNode node) => BootScript.Of(!node.TakesUserData, StackScript is { } brought ? TextOf(brought) : null);

    // Whoever works out changes has seen to it that the text is there.
    private static string TextOf(ResolvedAction action) =>
        action.Text ?? throw new InvalidOperationException($"the text of {action.Name} was not fetched");
}
