using LinodeClusterToolkit.Tests.Remote;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

/// <summary>A test with a real Ansible against a real SSH server; skipped, with a word on what is missing, where one of them is not installed.</summary>
public sealed class AnsibleFactAttribute : FactAttribute
{
    public AnsibleFactAttribute() => Skip =
        SshdFactAttribute.Program is null ? "no sshd here; apt-get install openssh-server"
        : LinodeClusterToolkit.Configuration.Ansible.AnsibleProgram.Path is null ? "no ansible-playbook here; apt-get install ansible-core"
        : null;
}
