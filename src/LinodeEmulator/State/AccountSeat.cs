namespace LinodeEmulator.State;

/// <summary>An account among those that an emulator serves.</summary>
/// <param name="Name">Its name; none for what belongs to nobody: requests without a token or with one that nobody knows.</param>
/// <param name="Share">The numbers it takes its ids from.</param>
internal sealed record AccountSeat(string? Name, NumberShare Share);
