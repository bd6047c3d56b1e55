using LinodeTool;
using LinodeTool.Host;

var host = SystemHost.Create();
using var interrupt = host.Interrupt;
interrupt.Listen();
return (int)await App.RunAsync(args, host);
