using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A file of this machine that holds a raw disk image, packed or not, once it is known to be one.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsPacked">Whether it is packed by gzip.</param>
/// <param name="Bytes">Its size as it is.</param>
/// <param name="RawBytes">Its size unpacked.</param>
/// <param name="Hash">What tells it from other files.</param>
internal sealed record ImageFile(string Path, bool IsPacked, long Bytes, long RawBytes, string Hash)
{
    /// <summary>The most that is taken, packed.</summary>
    public const long MostPacked = 5_000_000_000;

    /// <summary>The most that is taken, unpacked.</summary>
    public const long MostRaw = 6_000_000_000;

    private const int Chunk = 1 << 20;

    /// <summary>Reads it through: what is too big, damaged or no raw image is refused before anything is asked of the cloud.</summary>
    public static async Task<ImageFile> CheckAsync(string path, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Chunk, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using var untilEnd = file.ConfigureAwait(false);
            var isPacked = await IsPackedAsync(path, file, cancellation).ConfigureAwait(false);
            var (most, what) = isPacked ? (MostPacked, "packed") : (MostRaw, "unpacked");
            if (file.Length > most)
            {
                throw new LinodeToolkitException(ImageFileProblems.TooBig(path, what, file.Length, most));
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var read = new WatchedStream(file, bytes =>
            {
                hash.AppendData(bytes.Span);
                progress?.Report(new("checking", file.Position, file.Length));
            });
            var raw = isPacked ? await UnpackedAsync(path, read, cancellation).ConfigureAwait(false) : await CountAsync(read, MostRaw, cancellation).ConfigureAwait(false);
            await CountAsync(read, long.MaxValue, cancellation).ConfigureAwait(false); // whatever is behind the end of what is packed
            if (isPacked && raw <= MostRaw && await SaidAsync(file, cancellation).ConfigureAwait(false) != (uint)raw)
            {
                throw new LinodeToolkitException(ImageFileProblems.NotWhole(path));
            }

            return raw > MostRaw
                ? throw new LinodeToolkitException(ImageFileProblems.TooBig(path, "unpacked", raw, MostRaw))
                : new(path, isPacked, file.Length, raw, Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(ImageFileProblems.Unreadable(path, unreadable.Message));
        }
    }

    /// <summary>Packs it into a file of its own, private and in a folder that is so; the same file where it is packed already.</summary>
    /// <returns>The packed file, and whether it is to be deleted when it has been sent.</returns>
    public async Task<(string Path, bool IsOurs)> PackAsync(string folder, IProgress<ImageProgress>? progress, CancellationToken cancellation)
    {
        if (IsPacked)
        {
            return (Path, false);
        }

        var packed = System.IO.Path.Combine(folder, $"{Guid.NewGuid():N}.img.gz");
        try
        {
            PrivateFiles.EnsureFolder(folder);
            await PackAsync(packed, progress, cancellation, Path).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            File.Delete(packed);
            if (failed is IOException or UnauthorizedAccessException)
            {
                throw new LinodeToolkitException(ImageFileProblems.NotPacked(Path, failed.Message));
            }

            throw;
        }

        if (new FileInfo(packed).Length is > MostPacked and var size)
        {
            File.Delete(packed);
            throw new LinodeToolkitException(ImageFileProblems.TooBig(Path, "packed", size, MostPacked));
        }

        return (packed, true);
    }

    private static async Task PackAsync(string to, IProgress<ImageProgress>? progress, CancellationToken cancellation, string path)
    {
        var from = File.OpenRead(path);
        await using var untilEnd = from.ConfigureAwait(false);
        var gzip = new GZipStream(PrivateFiles.Open(to, FileMode.CreateNew), CompressionLevel.Optimal);
        await using var untilEndToo = gzip.ConfigureAwait(false);
        await new WatchedStream(from, _ => progress?.Report(new("packing", from.Position, from.Length))).CopyToAsync(gzip, Chunk, cancellation)
            .ConfigureAwait(false);
    }

    // A program that makes other images gives them beginnings of their own; a raw one has a boot sector, or is a filesystem, or says so by its name.
    private static async Task<bool> IsPackedAsync(string path, FileStream file, CancellationToken cancellation)
    {
        var head = new byte[2048];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        file.Position = 0;
        var start = head.AsSpan(0, length);
        if (start is [0x1f, 0x8b, ..])
        {
            return true;
        }

        var kind = start switch
        {
            [(byte)'Q', (byte)'F', (byte)'I', 0xfb, ..] => "a qcow2 image",
            [(byte)'K', (byte)'D', (byte)'M', (byte)'V', ..] => "a VMDK image",
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive",
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "packed by xz",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "packed by zstd",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "packed by bzip2",
            [] => "empty",
            _ => IsRaw(path, start) ? null : "of a kind that is not known",
        };
        return kind is null ? false : throw new LinodeToolkitException(ImageFileProblems.NotRaw(path, kind));
    }

    private static bool IsRaw(string path, ReadOnlySpan<byte> start) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".img" or ".raw"
        || (start.Length >= 512 && start[510] == 0x55 && start[511] == 0xaa)
        || (start.Length >= 1082 && BinaryPrimitives.ReadUInt16LittleEndian(start[1080..]) == 0xef53);

    private static async Task<long> UnpackedAsync(string path, Stream read, CancellationToken cancellation)
    {
        try
        {
            var unpacked = new GZipStream(read, CompressionMode.Decompress, leaveOpen: true);
            await using var untilEnd = unpacked.ConfigureAwait(false);
            return await CountAsync(unpacked, MostRaw, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new LinodeToolkitException(ImageFileProblems.NotWhole(path));
        }
    }

    // The last word of a packed file is how long it was: one that ends too soon unpacks without a complaint as far as it goes.
    private static async Task<uint?> SaidAsync(FileStream file, CancellationToken cancellation)
    {
        var end = new byte[4];
        file.Position = Math.Max(0, file.Length - end.Length);
        return await file.ReadAtLeastAsync(end, end.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) == end.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(end) : null;
    }

    /// <summary>How many bytes come, as far as they may.</summary>
    private static async Task<long> CountAsync(Stream stream, long most, CancellationToken cancellation)
    {
        var (chunk, count) = (new byte[Chunk], 0L);
        int read;
        while (count <= most && (read = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0)
        {
            count += read;
        }

        return count;
    }
}
