using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class ImageMachineTests(RealCloud cloud) : IClassFixture<RealCloud>
{
    [MachinesFact]
    public async Task A_node_made_from_the_image_of_a_running_one_has_its_files_and_keys_of_its_own()
    {
        var parent = await cloud.CreateAsync("parent-1");
        await parent.SshAsync("echo of the parent >/root/kept; rm /etc/motd; mkdir -p /srv/data && head -c 3000000 /dev/urandom >/srv/data/blob");
        var sum = await parent.SshAsync("sha256sum </srv/data/blob");
        var image = await CaptureAsync(parent, "golden-live");
        await parent.SshAsync("echo later >/root/kept");

        var child = await cloud.CreateAsync("child-1", $"\"image\":\"{image}\"");
        Assert.Equal("of the parent", await child.SshAsync("cat /root/kept"));
        Assert.Equal(sum, await child.SshAsync("sha256sum </srv/data/blob"));
        Assert.Equal("gone", await child.SshAsync("ls /etc/motd >/dev/null 2>&1 || echo gone"));
        Assert.Equal("later", await parent.SshAsync("cat /root/kept"));
    }

    [MachinesFact]
    public async Task An_image_outlives_the_node_it_was_made_of_and_its_own_deletion_leaves_nodes_alone()
    {
        var parent = await cloud.CreateAsync("parent-2");
        await parent.SshAsync("echo two >/root/kept; sync");
        await cloud.SendAsync("POST", $"linode/instances/{parent.Id}/shutdown");
        var image = await CaptureAsync(parent, "golden-off");
        await cloud.SendAsync("DELETE", $"linode/instances/{parent.Id}");

        // On a larger type: the filesystem is as large as the disk.
        var child = await cloud.CreateAsync("child-2", $"\"image\":\"{image}\",\"type\":\"g6-standard-1\"");
        Assert.Equal("two", await child.SshAsync("cat /root/kept"));
        Assert.Equal("49", await child.SshAsync("df -BG --output=size / | tail -1 | tr -dc '0-9'"));
        await cloud.SendAsync("DELETE", $"images/{Uri.EscapeDataString(image)}");
        await cloud.SendAsync("POST", $"linode/instances/{child.Id}/reboot");
        await RealCloud.UntilAsync(async () => await child.BootsAsync() == 2 && await child.PhaseAsync() == "running", "a second boot");
        Assert.Equal("two", await child.SshAsync("cat /root/kept"));
    }

    [MachinesFact]
    public async Task User_data_reaches_a_node_made_from_an_image_of_one_that_had_none()
    {
        var parent = await cloud.CreateAsync("parent-3");
        await parent.SshAsync("true");
        var image = await CaptureAsync(parent, "golden-data", "\"cloud_init\":true,");
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes("#cloud-config\nwrite_files: [{path: /root/written, content: anew}]\n"));
        var child = await cloud.CreateAsync("child-3", $$"""
            "image":"{{image}}","metadata":{"user_data":"{{data}}"}
            """);
        await child.SshAsync("cloud-init status --wait");
        Assert.Equal("anew", await child.SshAsync("cat /root/written"));
    }

    [MachinesFact]
    public async Task A_file_with_a_whole_system_in_it_boots()
    {
        var folder = Directory.CreateTempSubdirectory("image-test-").FullName;
        try
        {
            var raw = $"{folder}/system.img";
            await RunAsync("mke2fs", "-q", "-t", "ext4", "-d", RootFilesystemPath(), raw, "1900M");
            await RunAsync("debugfs", "-w", "-R", "write /proc/version /etc/sent-by-hand", raw);
            var begun = await cloud.SendAsync("POST", "images/upload", """{"label":"whole","region":"us-east"}""");
            await PutAsync((string)begun["upload_to"]!, raw);
            var image = (string)begun["image"]!["id"]!;
            await RealCloud.UntilAsync(
                async () => (string)(await cloud.SendAsync("GET", $"images/{Uri.EscapeDataString(image)}"))["status"]! == "available", "the image");

            var child = await cloud.CreateAsync("sent-1", $"\"image\":\"{image}\"");
            Assert.Equal("/etc/sent-by-hand", await child.SshAsync("ls /etc/sent-by-hand"));
            Assert.Equal("25", await child.SshAsync("df -BG --output=size / | tail -1 | tr -dc '0-9'"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string RootFilesystemPath() =>
        Directory.GetDirectories("/var/cache/linode-emulator", "rootfs-*").Where(path => !path.EndsWith(".new", StringComparison.Ordinal))
            .OrderByDescending(Directory.GetCreationTimeUtc).First();

    private async Task<string> CaptureAsync(Node node, string label, string more = "")
    {
        var disk = (await cloud.SendAsync("GET", $"linode/instances/{node.Id}/disks"))["data"]![0]!["id"];
        var image = (string)(await cloud.SendAsync("POST", "images", $$"""{"disk_id":{{disk}},{{more}}"label":"{{label}}"}"""))["id"]!;
        await RealCloud.UntilAsync(
            async () => (string)(await cloud.SendAsync("GET", $"images/{Uri.EscapeDataString(image)}"))["status"]! == "available", "the image");
        return image;
    }

    private static async Task PutAsync(string place, string file)
    {
        using var client = new HttpClient();
        var packed = $"{file}.gz";
        await using (var from = File.OpenRead(file))
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
        {
            await from.CopyToAsync(gzip);
        }

        await using var sent = File.OpenRead(packed);
        using var answer = await client.PutAsync(place, new StreamContent(sent));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }
}
