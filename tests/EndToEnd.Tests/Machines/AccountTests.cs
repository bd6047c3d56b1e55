namespace EndToEnd.Tests.Machines;

/// <summary>Accounts, and who may become root.</summary>
[Collection("machines")]
public sealed class AccountTests(Fleet fleet)
{
    [MachinesFact]
    public async Task Accounts_are_as_declared_and_no_password_opens_any()
    {
        foreach (var label in new[] { Fleet.Web, Fleet.Db, Fleet.Talker })
        {
            Assert.Equal(
                """
                deploy:1501:/home/deploy:/bin/bash
                guest:1502:/home/guest:/bin/bash
                batch:1503:/home/batch:/usr/sbin/nologin
                ops:1500
                deploy: adm deploy lct-ssh ops
                guest: guest lct-ssh ops
                batch: batch
                lctadmin: lct-ssh lctadmin
                deploy * lctadmin *
                """,
                await fleet.AskAsync(label, """
                getent passwd deploy guest batch | cut -d: -f1,3,6,7
                getent group ops | cut -d: -f1,3
                for user in deploy guest batch lctadmin; do echo $user: $(id -nG $user | tr ' ' '\n' | sort); done
                echo $(getent shadow deploy lctadmin | cut -d: -f1,2 | tr ':' ' ')
                """));

            // Root's password is for the console of the platform; every other account has none that could be typed.
            Assert.Equal("root", await fleet.AskAsync(label, "awk -F: '$2 !~ /^[!*]/ { print $1 }' /etc/shadow"));
        }
    }

    [MachinesFact]
    public async Task Homes_and_keys_are_their_owners_alone()
    {
        var found = await fleet.AskAsync(Fleet.Web, """
            cd /home; for user in deploy guest lctadmin; do stat -c '%n %a %U' $user $user/.ssh $user/.ssh/authorized_keys; done
            [ ! -e batch/.ssh ] && stat -c '%n %a %U' batch
            stat -c '%n %a %U' /etc/lct /etc/lct/* /etc/sudoers.d/9*
            """);
        Assert.Equal(
            """
            deploy 700 deploy
            deploy/.ssh 700 deploy
            deploy/.ssh/authorized_keys 600 deploy
            guest 700 guest
            guest/.ssh 700 guest
            guest/.ssh/authorized_keys 600 guest
            lctadmin 700 lctadmin
            lctadmin/.ssh 700 lctadmin
            lctadmin/.ssh/authorized_keys 600 lctadmin
            batch 700 batch
            """,
            string.Join('\n', found.Split('\n').TakeWhile(line => !line.StartsWith('/'))));
        Assert.Contains("/etc/lct 700 root", found.Split('\n'));
        Assert.Contains("/etc/lct/base.nft 600 root", found.Split('\n'));
        Assert.Contains("/etc/sudoers.d/90-lct-admin 440 root", found.Split('\n'));
        Assert.Contains("/etc/sudoers.d/91-lct-deploy 440 root", found.Split('\n'));
    }

    [MachinesFact]
    public async Task The_admin_and_who_is_declared_so_become_root_without_a_prompt_and_nobody_else_does()
    {
        var key = fleet.Desk.At("key");
        Assert.Equal("0", (await fleet.SshAsync(Fleet.App, "lctadmin", fleet.AdminKey(Fleet.App), "", "sudo -n id -u")).Ended(0).Out.Trim());
        Assert.Equal("0", (await fleet.SshAsync(Fleet.App, "deploy", key, "", "sudo -n id -u")).Ended(0).Out.Trim());

        var refused = await fleet.SshAsync(Fleet.App, "guest", key, "", "id -un && sudo -n id -u");
        Assert.NotEqual(0, refused.Code);
        Assert.Equal("guest", refused.Out.Trim());
        Assert.Equal(255, (await fleet.SshAsync(Fleet.App, "batch", key, "", "true")).Code);
        Assert.Contains("COMMAND=/usr/bin/id", await fleet.AskAsync(Fleet.App, "cat /var/log/sudo.log"));
    }

    [MachinesFact]
    public async Task Root_may_come_in_by_key_alone()
    {
        Assert.Equal("0", (await fleet.SshAsync(Fleet.App, "root", fleet.Desk.At("root"), "", "id -u")).Ended(0).Out.Trim());
        foreach (var other in new[] { fleet.Desk.At("key"), fleet.AdminKey(Fleet.App) })
        {
            Assert.Equal(255, (await fleet.SshAsync(Fleet.App, "root", other, "", "true")).Code);
        }
    }
}
