namespace LinodeEmulator.Wire;

internal sealed record EventWire(
    long Id, string Action, string Status, string Created, EntityWire? Entity, EntityWire? SecondaryEntity, string? Username, int? PercentComplete,
    double? Duration,
    string? TimeRemaining, string? Rate, bool Seen, bool Read, string? Message);
