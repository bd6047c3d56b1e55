using LinodeEmulator.State;

namespace LinodeEmulator.Hosts;

/// <summary>Nodes that are records: their states and delays are true, but there is no machine behind them, so a change of state is all there is to
/// do.</summary>
internal sealed class RecordHosts : IHostKind
{
    public string Name => "records";

    public string Note => "nodes are records: no system boots, and no remote command really runs";

    public void PowerOn(Instance instance)
    {
    }

    public void PowerOff(Instance instance)
    {
    }

    public void Discard(Instance instance)
    {
    }
}
