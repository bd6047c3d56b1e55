using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>Derives a key from a passphrase at a cost in memory and time (RFC 7914).</summary>
/// <remarks>
/// The sixteen words of a block are kept in an order in which each row of the Salsa20 square's diagonals is one vector: then a quarter round works on
/// all four columns at once, and only turning the vectors leads from columns to rows.
/// </remarks>
internal static class Scrypt
{
    private const int WordsInBlock = 16;
    private const int VectorsInBlock = 4;

    /// <summary>The key; takes 128 · <paramref name="cost"/> · <paramref name="size"/> bytes of memory while it works.</summary>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="cost">N of the RFC, a power of two.</param>
    /// <param name="size">r of the RFC.</param>
    /// <param name="lanes">p of the RFC.</param>
    /// <param name="length">Bytes wanted.</param>
    public static byte[] Derive(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int cost, int size, int lanes, int length)
    {
        var laneBytes = 128 * size;
        var mixed = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, 1, HashAlgorithmName.SHA256, laneBytes * lanes);
        var table = GC.AllocateUninitializedArray<Vector128<uint>>(checked(cost * 2 * size * VectorsInBlock));
        for (var lane = 0; lane < lanes; lane++)
        {
            Mix(mixed.AsSpan(lane * laneBytes, laneBytes), table, cost, size);
        }

        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, mixed, 1, HashAlgorithmName.SHA256, length);
        CryptographicOperations.ZeroMemory(mixed);
        return key;
    }

    // scryptROMix: fills the table with one state after the other, then walks through it where the state itself leads.
    private static void Mix(Span<byte> lane, Vector128<uint>[] table, int cost, int size)
    {
        var vectors = 2 * size * VectorsInBlock;
        Span<Vector128<uint>> state = new Vector128<uint>[vectors];
        Span<Vector128<uint>> next = new Vector128<uint>[vectors];
        Load(lane, state);
        for (var at = 0; at < cost; at++)
        {
            state.CopyTo(table.AsSpan(at * vectors, vectors));
            MixBlocks(state, next);
            Swap(ref state, ref next);
        }

        for (var round = 0; round < cost; round++)
        {
            // The first word of the last block comes first in our order too; cost is below 2³², so that one word says it all.
            var at = (int)(state[vectors - VectorsInBlock].ToScalar() & (uint)(cost - 1));
            var seen = table.AsSpan(at * vectors, vectors);
            for (var part = 0; part < vectors; part++)
            {
                state[part] ^= seen[part];
            }

            MixBlocks(state, next);
            Swap(ref state, ref next);
        }

        Store(state, lane);
        state.Clear();
        next.Clear();
    }

    private static void Swap(ref Span<Vector128<uint>> one, ref Span<Vector128<uint>> other)
    {
        var kept = one;
        one = other;
        other = kept;
    }

    // scryptBlockMix: even blocks go to the first half, odd ones to the second.
    private static void MixBlocks(ReadOnlySpan<Vector128<uint>> from, Span<Vector128<uint>> to)
    {
        var blocks = from.Length / VectorsInBlock;
        var last = from[^VectorsInBlock..];
        var (a, b, c, d) = (last[0], last[1], last[2], last[3]);
        for (var block = 0; block < blocks; block++)
        {
            var source = from.Slice(block * VectorsInBlock, VectorsInBlock);
            Salsa(ref a, ref b, ref c, ref d, source);
            var target = to.Slice(((block / 2) + (block % 2 * (blocks / 2))) * VectorsInBlock, VectorsInBlock);
            (target[0], target[1], target[2], target[3]) = (a, b, c, d);
        }
    }

    // Salsa20/8 of what is there and the block, which is mixed in first.
    private static void Salsa(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d, ReadOnlySpan<Vector128<uint>> block)
    {
        var (a0, b0, c0, d0) = (a ^ block[0], b ^ block[1], c ^ block[2], d ^ block[3]);
        (a, b, c, d) = (a0, b0, c0, d0);
        for (var round = 0; round < 8; round += 2)
        {
            b ^= Turn(a + d, 7);
            c ^= Turn(b + a, 9);
            d ^= Turn(c + b, 13);
            a ^= Turn(d + c, 18);
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));

            d ^= Turn(a + b, 7);
            c ^= Turn(d + a, 9);
            b ^= Turn(c + d, 13);
            a ^= Turn(b + c, 18);
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
        }

        (a, b, c, d) = (a + a0, b + b0, c + c0, d + d0);
    }

    private static Vector128<uint> Turn(Vector128<uint> words, int bits) => (words << bits) | (words >>> (32 - bits));

    private static void Load(ReadOnlySpan<byte> bytes, Span<Vector128<uint>> state)
    {
        for (var at = 0; at < state.Length * 4; at++)
        {
            state[at / 4] = state[at / 4].WithElement(at % 4, BinaryPrimitives.ReadUInt32LittleEndian(bytes[Place(at)..]));
        }
    }

    private static void Store(ReadOnlySpan<Vector128<uint>> state, Span<byte> bytes)
    {
        for (var at = 0; at < state.Length * 4; at++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[Place(at)..], state[at / 4][at % 4]);
        }
    }

    // Down the diagonals: the word after word n is word n + 5.
    private static int Place(int at) => ((at / WordsInBlock * WordsInBlock) + (at % WordsInBlock * 5 % WordsInBlock)) * sizeof(uint);
}
