using LinodeEmulator.Faults;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>What the older face of the API works with.</summary>
/// <param name="Options">How the emulator is to behave.</param>
/// <param name="Login">Knows the keys that were given out.</param>
/// <param name="Cloud">The cloud, the same as that of the newer face.</param>
/// <param name="Newer">The operations of the newer face.</param>
/// <param name="Faults">The rules in force.</param>
internal sealed record Parts(EmulatorOptions Options, OauthLogin Login, Cloud Cloud, RouteTable Newer, FaultBook Faults);
