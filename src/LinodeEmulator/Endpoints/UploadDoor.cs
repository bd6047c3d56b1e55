using System.Globalization;
using System.IO.Compression;
using System.Text;
using LinodeEmulator.Endpoints.V4;
using LinodeEmulator.Hosts;
using LinodeEmulator.Http;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>Where files of images are sent. It is no part of the API: it knows no tokens, and refuses a request that carries one, as an object
/// store does with an address that is a permission in itself.</summary>
internal sealed class UploadDoor(Func<DateTime> now, IHostOwner owner, Func<long, string?> fileOf)
{
    public const string Prefix = "/_images/";

    private const int Chunk = 1 << 16;

    public static bool IsFor(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the address is one that this account gave.</summary>
    public bool Knows(string path) => IdIn(path) is { } id && owner.Ask(cloud => cloud.Images.Find(id)) is not null;

    /// <summary>Takes the file of an image.</summary>
    /// <param name="request">The request, without its body.</param>
    /// <param name="body">The file.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<EmulatorResponse> TakeAsync(EmulatorRequest request, Stream body, CancellationToken cancel)
    {
        if (request.Method != "PUT")
        {
            return Error(405, "MethodNotAllowed", "Only PUT");
        }

        if (request.Authorization is not null)
        {
            return Error(400, "InvalidArgument", "Only one auth mechanism allowed");
        }

        if (IdIn(request.Path) is not { } id || owner.Do(cloud => Awaited(cloud, id, request.Query)) is not { } image)
        {
            return Error(403, "AccessDenied", "Request has expired");
        }

        var file = fileOf(id);
        var part = file is null ? null : $"{file}.part";
        var (size, wrong) = await UnpackAsync(body, part, cancel);
        if (wrong is not null)
        {
            if (part is not null)
            {
                File.Delete(part);
            }

            return wrong;
        }

        if (file is not null)
        {
            File.Move(part!, file, overwrite: true);
        }

        owner.Do(cloud => Arrived(cloud, id, size));
        return new EmulatorResponse(200, null, ReadOnlyMemory<byte>.Empty);
    }

    private PrivateImage? Awaited(Cloud cloud, long id, string query)
    {
        ImageUploads.DropLapsed(cloud, now());
        return cloud.Images.Find(id) is { UploadKey: { } key } image && query == $"?key={key}" ? image : null;
    }

    private bool Arrived(Cloud cloud, long id, long size)
    {
        if (cloud.Images.Find(id) is { UploadKey: not null } image)
        {
            var known = cloud.Images.Put(image with { UploadKey = null, Size = (int)((size + (1 << 20) - 1) >> 20), Updated = now(), IsTaken = true });
            var told = cloud.Events.Schedule(JobKinds.ImageUpload.Name, Entities.Of(known), now(), Caller.Username);
            cloud.Enqueue(JobKinds.ImageUpload.Name, Job.ImageLane(id), id, known.Label, now(), told);
        }

        return true;
    }

    /// <summary>How large it is unpacked, or what is wrong with it. It is kept where there is a place for it, without its zeros.</summary>
    private static async Task<(long Size, EmulatorResponse? Wrong)> UnpackAsync(Stream body, string? part, CancellationToken cancel)
    {
        using var counted = new CountedStream(body, Unknowns.LargestPackedImage);
        using var unpacked = new GZipStream(counted, CompressionMode.Decompress);
        using Stream kept = part is null ? Stream.Null : new FileStream(part, FileMode.Create, FileAccess.Write);
        var (chunk, size) = (new byte[Chunk], 0L);
        try
        {
            int read;
            while ((read = await unpacked.ReadAtLeastAsync(chunk, Chunk, throwOnEndOfStream: false, cancel)) > 0)
            {
                size += read;
                if (size > Unknowns.LargestImage)
                {
                    return (size, Error(400, "EntityTooLarge", "The image is larger than 6 GB unpacked"));
                }

                if (part is null || chunk.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0)
                {
                    kept.Position = part is null ? 0 : size;
                }
                else
                {
                    await kept.WriteAsync(chunk.AsMemory(0, read), cancel);
                }
            }

            if (part is not null)
            {
                kept.SetLength(size);
            }
        }
        catch (InvalidDataException)
        {
            return (size, counted.IsOver
                ? Error(400, "EntityTooLarge", "The file is larger than 5 GB")
                : Error(400, "InvalidArgument", "The file is not a gzip of a disk image"));
        }

        return (size, size > 0 ? null : Error(400, "InvalidArgument", "The file is not a gzip of a disk image"));
    }

    private static long? IdIn(string path) =>
        long.TryParse(path.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static EmulatorResponse Error(int status, string code, string message) => new(
        status, "application/xml",
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"));

    /// <summary>Ends when more comes than may.</summary>
    private sealed class CountedStream(Stream inner, long most) : Stream
    {
        private long _read;

        public bool IsOver => _read > most;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int read)
        {
            _read += read;
            return IsOver ? throw new InvalidDataException() : read;
        }
    }
}
