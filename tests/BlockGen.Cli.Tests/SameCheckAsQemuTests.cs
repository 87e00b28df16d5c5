using System.Buffers.Binary;

namespace BlockGen.Cli.Tests;

/// <summary>qcow2 images with one thing wrong: named as qemu-img names it, and put right.</summary>
public sealed class SameCheckAsQemuTests(Samples samples) : IClassFixture<Samples>
{
    private const int ClusterBytes = 65536;
    private const ulong Unshared = 1UL << 63;
    private const ulong HostMask = 0x00ff_ffff_ffff_fe00;

    public static TheoryData<string, string> Agreed { get; } = Combine(
        ["extra mark", "lost mark", "lost table mark", "leak", "points at header"], "check", "check -r leaks", "check -r all");

    public static TheoryData<string, string> NamedTheSame { get; } = Combine(
        ["high count", "low count", "no count block", "corrupt"], "check", "check --output=json");

    public static TheoryData<string> Repaired { get; } =
    [
        "extra mark", "lost mark", "lost table mark", "leak", "points at header", "high count", "low count",
        "no count block", "corrupt", "count block outside", "count block misaligned", "points at counts", "used twice",
        "misaligned", "outside", "table outside", "table misaligned", "table of itself",
    ];

    [Theory]
    [MemberData(nameof(Agreed))]
    [MemberData(nameof(NamedTheSame))]
    public async Task It_is_named_the_same(string damage, string command)
    {
        CommandResult expected = Peer.Run(MakeDamaged(damage), $"{command} d.qcow2").Normalized;
        CommandResult actual = (await Ours.RunAsync(MakeDamaged(damage), $"{command} d.qcow2")).Normalized;
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Repaired))]
    public async Task It_is_put_right(string damage)
    {
        string folder = MakeDamaged(damage);
        CommandResult repair = await Ours.RunAsync(folder, "check -r all d.qcow2");
        Assert.Equal(0, repair.ExitCode);
        Assert.Contains("No errors were found on the image.", repair.Output, StringComparison.Ordinal);
        Assert.Contains("No errors were found on the image.", Peer.Must(folder, "check d.qcow2"), StringComparison.Ordinal);
        Peer.Must(folder, "io -c 'write -P 7 3M 64k' -c 'read -P 7 3M 64k' d.qcow2");
        Peer.Must(folder, "check d.qcow2");
    }

    private static TheoryData<string, string> Combine(string[] damages, params string[] commands)
    {
        TheoryData<string, string> all = [];
        foreach (string damage in damages)
        {
            foreach (string command in commands)
            {
                all.Add(damage, command);
            }
        }

        return all;
    }

    /// <summary>A folder with an image whose first cluster is its own again after a snapshot, and one mistake.</summary>
    private string MakeDamaged(string damage)
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "create -q -f qcow2 d.qcow2 4M");
        Peer.Must(folder, "io -c 'write -P 1 0 256k' -c 'write -P 2 2M 64k' d.qcow2");
        Peer.Must(folder, "snapshot -c first d.qcow2");
        Peer.Must(folder, "io -c 'write -P 3 0 64k' d.qcow2");
        string path = Path.Combine(folder, "d.qcow2");
        File.WriteAllBytes(path, Damage(File.ReadAllBytes(path), damage));
        return folder;
    }

    private static byte[] Damage(byte[] image, string damage)
    {
        int roots = (int)Number(image, 40);
        int counts = (int)Number(image, 48);
        int block = (int)Number(image, counts);
        int leaf = (int)(Number(image, roots) & HostMask);
        int first = (int)(Number(image, leaf) & HostMask) / ClusterBytes;
        switch (damage)
        {
            case "extra mark": return With(image, leaf + 8, Number(image, leaf + 8) | Unshared);
            case "lost mark": return With(image, leaf, Number(image, leaf) & ~Unshared);
            case "lost table mark": return With(image, roots, Number(image, roots) & ~Unshared);
            case "points at header": return With(image, leaf, Unshared);
            case "points at counts": return With(image, leaf, Unshared + (ulong)counts);
            case "used twice": return With(image, leaf + 8, Number(image, leaf));
            case "misaligned": return With(image, leaf, Number(image, leaf) | 0x200);
            case "outside": return With(image, leaf, Unshared | 0x10000000);
            case "table outside": return With(image, roots, Unshared | 0x10000000);
            case "table misaligned": return With(image, roots, Number(image, roots) | 0x200);
            case "table of itself": return With(image, roots, Unshared + (ulong)roots);
            case "no count block": return With(image, counts, 0);
            case "count block outside": return With(image, counts, 0x40000000);
            case "count block misaligned": return With(image, counts, Number(image, counts) | 0x200);
            case "corrupt": return With(image, 72, 2);
            case "high count": return WithCount(image, block, first, 7);
            case "low count": return WithCount(image, block, first, 0);
            case "leak":
                int end = (image.Length + ClusterBytes - 1) / ClusterBytes;
                Array.Resize(ref image, (end + 1) * ClusterBytes);
                return WithCount(image, block, end, 1);
            default: throw new ArgumentException($"No such damage: {damage}");
        }
    }

    private static ulong Number(byte[] image, int at) => BinaryPrimitives.ReadUInt64BigEndian(image.AsSpan(at));

    private static byte[] With(byte[] image, int at, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(at), value);
        return image;
    }

    private static byte[] WithCount(byte[] image, int block, int cluster, ushort count)
    {
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(block + cluster * sizeof(ushort)), count);
        return image;
    }
}
