#!/bin/sh
# Builds the one Debian system that all emulated nodes share, read-only, below a disk of their own each.
# Usage: build.sh DIRECTORY PACKAGE...   (root, Debian's mirror within reach)
set -eu
root=$1
shift
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

say() { echo "$1" >&2; }

say "a minimal Debian 12"
debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { tail -n 5 "$root.log" >&2; exit 1; }

# Packages by apt: debootstrap itself knows no virtual packages, and cloud-init hangs on one. Nothing starts meanwhile, and nobody reads the manuals.
say "packages"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
printf 'path-exclude=/usr/share/%s/*\n' doc man locale info lintian >"$root/etc/dpkg/dpkg.cfg.d/lean"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/fast"
cp /etc/resolv.conf "$root/etc/resolv.conf"
{
    chroot "$root" apt-get install -y --no-install-recommends "$@"
    chroot "$root" apt-get clean
} >>"$root.log" 2>&1 || { tail -n 5 "$root.log" >&2; exit 1; }
rm -f "$root/usr/sbin/policy-rc.d" "$root/etc/dpkg/dpkg.cfg.d/fast"

say "settings"
etc=$root/etc
units=$etc/systemd/system

# What must differ between nodes is made on them.
rm -f "$etc"/ssh/ssh_host_* "$root/var/lib/dbus/machine-id" "$etc/resolv.conf"
: >"$etc/machine-id"
: >"$etc/fstab"
echo localhost >"$etc/hostname"
printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n' >"$etc/hosts"

# Where updates come from, as on the platform's images.
cat >"$etc/apt/sources.list" <<'END'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://security.debian.org/debian-security bookworm-security main
END

# As on the platform's images, root may log in with the password that the create call gave.
sed -i 's/^#*PermitRootLogin .*/PermitRootLogin yes/' "$etc/ssh/sshd_config"

# Eighty nodes on one machine: nothing that wakes up by itself, no log on disk, no login prompt on a console that nobody sits at.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    systemd-pstore.service getty@.service console-getty.service container-getty@.service systemd-update-utmp-runlevel.service \
    cloud-init-hotplugd.socket modprobe@configfs.service modprobe@dm_mod.service modprobe@drm.service modprobe@efi_pstore.service \
    modprobe@fuse.service modprobe@loop.service dev-hugepages.mount sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount; do
    ln -sf /dev/null "$units/$unit"
done
mkdir -p "$etc/systemd/journald.conf.d"
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n' >"$etc/systemd/journald.conf.d/node.conf"

# User data comes with the disk; the network is set up from outside, as by the platform's Network Helper. What is left out of the lists of modules
# is for hardware or for tools that are not here, and costs every boot time.
cat >"$etc/cloud/cloud.cfg.d/90-node.cfg" <<'END'
datasource_list: [NoCloud]
network: {config: disabled}
disable_root: false
preserve_hostname: false
users: []
ssh_genkeytypes: [rsa, ecdsa, ed25519]
cloud_init_modules: [bootcmd, write-files, disk_setup, mounts, set_hostname, update_hostname, update_etc_hosts, ca-certs, users-groups, ssh]
cloud_config_modules: [ssh-import-id, set-passwords, ntp, timezone, runcmd]
cloud_final_modules: [package-update-upgrade-install, write-files-deferred, scripts-vendor, scripts-per-once, scripts-per-boot,
  scripts-per-instance, scripts-user, ssh-authkey-fingerprints, phone-home, final-message, power-state-change]
END
echo 'policy: enabled' >"$etc/cloud/ds-identify.cfg"

# cloud-init runs in four stages, and each takes longer to read in its modules than to do its work. Here two run from one reading each: those before
# the SSH server, and those after. Each stage has a process of its own still, so that none meets what another left.
mkdir -p "$root/usr/lib/node"
cat >"$root/usr/lib/node/cloud-init-stages" <<'END'
#!/usr/bin/python3
import os, sys
from cloudinit.cmd.main import main

worst = 0
for stage in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        sys.argv = ["cloud-init", *stage.split()]
        sys.exit(main(sys.argv))
    worst = max(worst, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
sys.exit(worst)
END
chmod 755 "$root/usr/lib/node/cloud-init-stages"
stages() {
    mkdir -p "$units/$1.service.d"
    printf '[Service]\nExecStart=\nExecStart=%s\n' "$2" >"$units/$1.service.d/stages.conf"
}
stages cloud-init-local /bin/true
stages cloud-init '/usr/lib/node/cloud-init-stages "init --local" init'
stages cloud-config /bin/true
stages cloud-final '/usr/lib/node/cloud-init-stages "modules --mode=config" "modules --mode=final"'

# Host keys: cloud-init makes them where it runs; elsewhere they are made before the SSH server starts.
cat >"$units/node-host-keys.service" <<'END'
[Unit]
Description=Host keys of the SSH server
ConditionPathExists=/etc/cloud/cloud-init.disabled
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key
Before=ssh.service

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A

[Install]
WantedBy=multi-user.target
END

# Where /sys cannot be written to, systemd ignores the devices in fstab. They are mounted all the same, at the same point of the boot; swap areas as
# far as the machine has room for them, each by itself: swapon --all leaves out what another host's device of the same name is in use for.
cat >"$units/node-fstab.service" <<'END'
[Unit]
Description=File systems and swap areas of fstab
DefaultDependencies=no
After=local-fs-pre.target systemd-tmpfiles-setup-dev.service systemd-remount-fs.service
Before=local-fs.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=-/usr/bin/mount --all
ExecStart=-/bin/sh -c 'while read -r area point type rest; do [ "$type" != swap ] || swapon "$area"; done </etc/fstab'
StandardOutput=journal+console
StandardError=journal+console

[Install]
WantedBy=local-fs.target
END

# The StackScript of the disk, once; it waits for no SSH server, and none waits for it.
cat >"$units/node-stackscript.service" <<'END'
[Unit]
Description=StackScript
After=network.target local-fs.target
ConditionPathExists=/root/StackScript
ConditionPathExists=!/var/lib/stackscript-ran

[Service]
Type=oneshot
WorkingDirectory=/root
Environment=HOME=/root USER=root LOGNAME=root SHELL=/bin/bash
EnvironmentFile=-/root/.stackscript.env
ExecStartPre=/usr/bin/touch /var/lib/stackscript-ran
ExecStart=/bin/sh -c '/root/StackScript 2>&1 | tee -a /var/log/stackscript.log /dev/console >/dev/null'
TimeoutStartSec=infinity
KillMode=process

[Install]
WantedBy=multi-user.target
END
mkdir -p "$units/local-fs.target.wants"
ln -sf /etc/systemd/system/node-fstab.service "$units/local-fs.target.wants/node-fstab.service"
for unit in node-host-keys node-stackscript; do
    ln -sf "/etc/systemd/system/$unit.service" "$units/multi-user.target.wants/$unit.service"
done
ldconfig -r "$root"

# Nothing to bring up to date at a first boot.
touch "$etc/.updated" "$root/var/.updated"
