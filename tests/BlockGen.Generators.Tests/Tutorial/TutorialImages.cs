using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BlockGen.Generators.Tests.Tutorial;

/// <summary>Images of the tutorial's formats, byte by byte as its tables say, and what is on their disks.</summary>
internal static class TutorialImages
{
    private const int Sector = 512;

    public static (byte[] File, byte[] Disk) Cloop()
    {
        const int blockBytes = 4096;
        const int blockCount = 5;
        byte[] disk = RandomDisk(blockBytes * blockCount);
        byte[] head = new byte[136 + (blockCount + 1) * sizeof(ulong)];
        Encoding.ASCII.GetBytes("#!/bin/sh\n#V2.0 Format\nexit 1\n").CopyTo(head, 0);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(128), blockBytes);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(132), blockCount);
        using MemoryStream blocks = new();
        for (int block = 0; block < blockCount; block++)
        {
            WriteOffset(block);
            using ZLibStream compressed = new(blocks, CompressionLevel.Fastest, leaveOpen: true);
            compressed.Write(disk, block * blockBytes, blockBytes);
        }

        WriteOffset(blockCount);
        return ([.. head, .. blocks.ToArray()], disk);

        void WriteOffset(int block) => BinaryPrimitives.WriteUInt64BigEndian(
            head.AsSpan(136 + block * sizeof(ulong)), (ulong)(head.Length + blocks.Length));
    }

    /// <summary>Blocks in reverse order, the second one missing, every third sector of the others not written.</summary>
    public static (byte[] File, byte[] Disk) Bochs()
    {
        const int blockBytes = 8 * Sector;
        const int blockCount = 4;
        const int catalogEntryCount = 16;
        byte[] disk = RandomDisk(blockBytes * blockCount);
        byte[] file = new byte[512 + catalogEntryCount * sizeof(uint) + 3 * (Sector + blockBytes)];
        Encoding.ASCII.GetBytes("Bochs Virtual HD Image").CopyTo(file, 0);
        Encoding.ASCII.GetBytes("Redolog").CopyTo(file, 32);
        Encoding.ASCII.GetBytes("Growing").CopyTo(file, 48);
        uint[] numbers = [0x20000, 512, catalogEntryCount, 1, blockBytes, 0, (uint)disk.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(64 + i * sizeof(uint)), numbers[i]);
        }

        file.AsSpan(512, catalogEntryCount * sizeof(uint)).Fill(0xFF);
        for (int block = 0, place = 2; block < blockCount; block++)
        {
            if (block == 1)
            {
                disk.AsSpan(block * blockBytes, blockBytes).Clear();
                continue;
            }

            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(512 + block * sizeof(uint)), place);
            int map = 512 + catalogEntryCount * sizeof(uint) + place-- * (Sector + blockBytes);
            for (int sector = 0; sector < blockBytes / Sector; sector++)
            {
                Span<byte> bytes = disk.AsSpan(block * blockBytes + sector * Sector, Sector);
                bytes.CopyTo(file.AsSpan(map + Sector + sector * Sector));
                if (sector % 3 == 2)
                {
                    // What stands in the block of a sector that was not written does not count.
                    bytes.Clear();
                }
                else
                {
                    file[map] |= (byte)(1 << sector);
                }
            }
        }

        return (file, disk);
    }

    private static byte[] RandomDisk(int bytes)
    {
        byte[] disk = new byte[bytes];
        new Random(bytes).NextBytes(disk);
        return disk;
    }
}
