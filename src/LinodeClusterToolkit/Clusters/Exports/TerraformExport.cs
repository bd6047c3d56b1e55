using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>Blocks by which Terraform, 1.5 or later, takes up what there is.</summary>
internal sealed class TerraformExport : IExporter
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public ExportFormat Format => new("terraform-import", "import blocks: terraform plan -generate-config-out=generated.tf")
    {
        AsksCloud = true, Endings = [".tf"],
    };

    public string Write(ExportSubject subject) => new TerraformExport().Blocks(subject);

    private string Blocks(ExportSubject subject)
    {
        var text = new StringBuilder($$"""
            # What there is of {{subject.Name}}, for Terraform 1.5 or later. In a folder of its own, as imports.tf:
            #   export LINODE_TOKEN=...
            #   terraform init
            #   terraform plan -generate-config-out=generated.tf    # writes a resource for each block below
            #   terraform apply                                     # takes them up; look at generated.tf first
            # A module that names the provider already does without the next block.

            terraform {
              required_version = ">= 1.5"
              required_providers {
                linode = {
                  source = "linode/linode"
                }
              }
            }

            """);
        foreach (var node in subject.Nodes.Select(node => node.Node).Where(node => node is { LinodeId: not null, State: not NodeState.Gone }))
        {
            Block(text, "linode_instance", node.Label, $"{node.LinodeId}");
        }

        foreach (var made in subject.View.Resources.Where(made => made.CloudId is not null).OrderBy(made => made.Kind))
        {
            switch (made.Kind)
            {
                case ResourceKind.Volume:
                    Block(text, "linode_volume", made.Label, $"{made.CloudId}");
                    break;
                case ResourceKind.Firewall:
                    Block(text, "linode_firewall", made.Label, $"{made.CloudId}");
                    break;
                case ResourceKind.StackScript:
                    Block(text, "linode_stackscript", made.Label, $"{made.CloudId}");
                    break;
                case ResourceKind.Balancer:
                    Balancer(text, subject, made);
                    break;
            }
        }

        return text.ToString();
    }

    private void Balancer(StringBuilder text, ExportSubject subject, ResourceRecord made)
    {
        var id = made.CloudId!.Value;
        Block(text, "linode_nodebalancer", made.Label, $"{id}");
        if (!subject.Ports.TryGetValue(id, out var ports))
        {
            text.Append(CultureInfo.InvariantCulture, $"# Its ports and their nodes are not here: {Comment(subject.NoPorts ?? "not asked for")}\n");
            return;
        }

        foreach (var port in ports)
        {
            Block(text, "linode_nodebalancer_config", $"{made.Label}_{port.Port}", $"{id},{port.Id}");
            foreach (var backend in port.Backends)
            {
                Block(text, "linode_nodebalancer_node", $"{made.Label}_{port.Port}_{backend.Label}", $"{id},{port.Id},{backend.Id}");
            }
        }
    }

    private void Block(StringBuilder text, string type, string label, string id) => text.Append(CultureInfo.InvariantCulture, $$"""

        import {
          to = {{type}}.{{NameFor(type, label)}}
          id = "{{id}}"
        }

        """);

    // A name begins with a letter or '_' and goes on with letters, digits, '_' and '-'; labels may differ in no more than what is left out.
    private string NameFor(string type, string label)
    {
        var plain = string.Concat(label.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        plain = plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
        var name = plain;
        for (var more = 2; !taken.Add($"{type}.{name}"); more++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{more}");
        }

        return name;
    }

    private static string Comment(string text) => text.ReplaceLineEndings(" ");
}
