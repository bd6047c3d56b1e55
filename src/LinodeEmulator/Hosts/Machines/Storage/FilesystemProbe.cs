namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>Finds the id of the filesystem or swap area that a file or device begins with, as udev would for its links by UUID.</summary>
internal static class FilesystemProbe
{
    // Where each kind keeps its sign and its id: ext2..4, XFS, btrfs, swap.
    private static readonly (int SignAt, byte[] Sign, int IdAt)[] Kinds =
    [
        (1024 + 0x38, [0x53, 0xef], 1024 + 0x68),
        (0, "XFSB"u8.ToArray(), 32),
        (65536 + 0x40, "_BHRfS_M"u8.ToArray(), 65536 + 0x20),
        (4096 - 10, "SWAPSPACE2"u8.ToArray(), 1024 + 12),
    ];

    public static string? Uuid(string path)
    {
        var head = new byte[65536 + 4096];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Uuid(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
    }

    public static string? Uuid(ReadOnlySpan<byte> head)
    {
        foreach (var (signAt, sign, idAt) in Kinds)
        {
            if (head.Length >= Math.Max(signAt + sign.Length, idAt + 16) && head.Slice(signAt, sign.Length).SequenceEqual(sign))
            {
                var id = head.Slice(idAt, 16);
                return id.ContainsAnyExcept((byte)0) ? new Guid(id, bigEndian: true).ToString() : null;
            }
        }

        return null;
    }
}
