using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace BlockGen.Cli;

/// <summary>A tree of generated files, and the checksums they must have when they are read back.</summary>
internal sealed class FileTree
{
    private const int Folders = 6;
    private const int FilesInFolder = 12;
    private const int LargestFileBytes = 600_000;

    private readonly Dictionary<string, byte[]> _checksums = [];

    /// <summary>The tree as a USTAR archive.</summary>
    public byte[] Archive { get; private init; } = [];

    public int FileCount => _checksums.Count;

    /// <summary>Makes a tree; the same one for the same seed.</summary>
    public static FileTree Generate(int seed)
    {
        Random random = new(seed);
        using MemoryStream archive = new();
        Dictionary<string, byte[]> checksums = [];
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            for (int folder = 0; folder < Folders; folder++)
            {
                for (int file = 0; file < FilesInFolder; file++)
                {
                    string name = $"usr/share/part{folder}/file{file:00}.{(file % 2 == 0 ? "txt" : "bin")}";
                    byte[] content = file % 2 == 0 ? MakeText(random) : MakeBytes(random);
                    checksums.Add(name, SHA256.HashData(content));
                    writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(content, writable: false),
                    });
                }
            }
        }

        return new FileTree(checksums) { Archive = archive.ToArray() };
    }

    /// <summary>Reads a tree and compares every file; returns what is wrong, nothing when all is right.</summary>
    public IReadOnlyList<string> FindFaults(byte[] archive)
    {
        List<string> faults = [];
        HashSet<string> found = [];
        try
        {
            using TarReader reader = new(new MemoryStream(archive, writable: false));
            while (reader.GetNextEntry() is { } entry)
            {
                found.Add(entry.Name);
                byte[] checksum = entry.DataStream is { } data ? SHA256.HashData(data) : [];
                if (!_checksums.TryGetValue(entry.Name, out byte[]? expected)
                    || !expected.AsSpan().SequenceEqual(checksum))
                {
                    faults.Add($"{entry.Name}: the checksum is not the one it was made with");
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or FormatException)
        {
            faults.Add($"the archive is broken: {failure.Message}");
        }

        faults.AddRange(_checksums.Keys.Except(found).Select(name => $"{name}: missing"));
        return faults;
    }

    private FileTree(Dictionary<string, byte[]> checksums)
    {
        _checksums = checksums;
    }

    private static byte[] MakeBytes(Random random)
    {
        byte[] content = new byte[random.Next(1, LargestFileBytes)];
        random.NextBytes(content);
        return content;
    }

    private static byte[] MakeText(Random random)
    {
        StringBuilder text = new();
        int lines = random.Next(1, 4000);
        for (int line = 0; line < lines; line++)
        {
            text.Append("line ").Append(line).Append(": ").Append(random.NextInt64()).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
