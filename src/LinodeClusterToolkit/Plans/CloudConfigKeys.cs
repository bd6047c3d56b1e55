using System.Collections.Frozen;

namespace LinodeClusterToolkit.Plans;

/// <summary>The top-level keys of a cloud-config: what their values are, and which are kept for the toolkit.</summary>
internal static class CloudConfigKeys
{
    private const string Known = """
        flag: allow_public_ssh_keys apt_preserve_sources_list apt_reboot_if_required apt_update apt_upgrade create_hostname_file disable_ec2_metadata
        flag: manage_resolv_conf manual_cache_clean migrate no_ssh_fingerprints package_reboot_if_required package_update package_upgrade
        flag: prefer_fqdn_over_hostname ssh_quiet_keygen
        text: apt_http_proxy apt_mirror apt_proxy authkey_hash byobu_by_default debconf_selections final_message locale locale_configfile timezone
        text: yum_repo_dir def_log_file
        map: ansible apk_repos apt ca-certs ca_certs chef device_aliases disk_setup drivers fan grub-dpkg grub_dpkg keyboard landscape lxd mcollective
        map: network ntp output phone_home puppet random_seed reporting resolv_conf rh_subscription rpi rsyslog salt_minion snap spacewalk ssh
        map: ssh_publish_hostkeys swap ubuntu_advantage ubuntu_autoinstall ubuntu_pro updates vendor_data vendor_data2 wireguard yum_repos zypper
        map: autoinstall
        list: apt_sources fs_setup log_cfgs mount_default_fields mounts packages runcmd ssh_fp_console_blacklist ssh_key_console_blacklist write_files
        any: apt_pipelining groups merge_how merge_type
        """;

    private const string Accounts = "name accounts in users: of the plan, which makes them on every node";
    private const string Ssh = "leave it out: ssh: of the plan says how nodes are reached";
    private const string Names = "say hostnames:, publicfqdn: and privatefqdn: in the plan";
    private const string Sizes = "say sizes of disks with storage: in the plan";
    private const string Passwords = "leave it out: nodes take no passwords, accounts of the plan have keys";
    private const string Modules = "leave it out: which parts of cloud-init run, and on which data, is settled";

    /// <summary>Kind of the value by key: flag, text, map, list, or any.</summary>
    public static FrozenDictionary<string, string> Kinds { get; } = Known.Split('\n')
        .Select(line => line.Split(": "))
        .SelectMany(line => line[1].Split(' ').Select(key => (Key: key, Kind: line[0])))
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Kind, StringComparer.Ordinal);

    /// <summary>Keys that would undo what makes a node closed and known, with what to do instead.</summary>
    public static FrozenDictionary<string, string> Reserved { get; } = new Dictionary<string, string>
    {
        ["bootcmd"] = "use runcmd, or a part that begins with #cloud-boothook",
        ["chpasswd"] = Passwords, ["password"] = Passwords, ["ssh_pwauth"] = Passwords,
        ["users"] = Accounts, ["user"] = Accounts, ["ssh_authorized_keys"] = Accounts, ["ssh_import_id"] = Accounts,
        ["ssh_keys"] = Ssh, ["ssh_deletekeys"] = Ssh, ["ssh_genkeytypes"] = Ssh, ["disable_root"] = "say ssh: { root: no } in the plan",
        ["disable_root_opts"] = Ssh,
        ["hostname"] = Names, ["fqdn"] = Names, ["preserve_hostname"] = Names, ["manage_etc_hosts"] = Names,
        ["growpart"] = Sizes, ["resize_rootfs"] = Sizes,
        ["power_state"] = "leave it out: a node that goes off cannot be configured; cluster stop takes nodes down in their order",
        ["cloud_init_modules"] = Modules, ["cloud_config_modules"] = Modules, ["cloud_final_modules"] = Modules, ["datasource"] = Modules,
        ["datasource_list"] = Modules, ["system_info"] = Modules,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
