using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>An image with damage of a known class, and what guests must read when it is repaired.</summary>
internal sealed class DamagedDisk
{
    private readonly byte[] _below;

    private DamagedDisk(string format, MemoryStorage storage, byte[] below, byte[] content)
    {
        (Format, Storage, _below, Content) = (format, storage, below, content);
    }

    public string Format { get; }

    public MemoryStorage Storage { get; }

    /// <summary>What guests must read afterwards.</summary>
    public byte[] Content { get; }

    public int ClusterBytes { get; private init; }

    /// <summary>A QED overlay: clusters 0 to 9 and 600 to 605 of 2048 are written, 512 to a table.</summary>
    public static async Task<DamagedDisk> CreateQedAsync(Action<QedDamage> damage)
    {
        byte[] content = RandomBytes(QedDamage.DiskBytes, 7);
        byte[] below = [.. content];
        BackingLink link = new("below", "raw");
        string options = $"cluster_size={QedDamage.ClusterBytes},table_size=1,size={QedDamage.DiskBytes}";
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", options, link);
        await using (Image image = await MemoryDisk.OpenOverAsync(storage, "qed", below))
        {
            foreach ((int cluster, int count) in ((int, int)[])[(0, 10), (600, 6)])
            {
                byte[] written = RandomBytes(count * QedDamage.ClusterBytes, cluster);
                written.CopyTo(content, cluster * QedDamage.ClusterBytes);
                await image.WriteAsync(cluster * QedDamage.ClusterBytes, written);
            }
        }

        damage(new QedDamage(storage, content, below));
        return new DamagedDisk("qed", storage, below, content) { ClusterBytes = QedDamage.ClusterBytes };
    }

    /// <summary>A VDI image: blocks 0 to 4 of 8 are written.</summary>
    public static async Task<DamagedDisk> CreateVdiAsync(Action<VdiDamage> damage)
    {
        byte[] content = new byte[8 * VdiDamage.BlockBytes];
        RandomBytes(5 * VdiDamage.BlockBytes, 7).CopyTo(content, 0);
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", $"size={content.Length}");
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            await image.WriteAsync(0, content.AsMemory(0, 5 * VdiDamage.BlockBytes));
        }

        damage(new VdiDamage(storage, content));
        return new DamagedDisk("vdi", storage, [], content) { ClusterBytes = VdiDamage.BlockBytes };
    }

    /// <summary>Damage by its name, in the tables of <see cref="QedDamage"/> and <see cref="VdiDamage"/>.</summary>
    public static Task<DamagedDisk> CreateAsync(string format, string damage) => format == "qed"
        ? CreateQedAsync(QedDamage.Kinds[damage].Make)
        : CreateVdiAsync(VdiDamage.Kinds[damage].Make);

    /// <summary>The classes of findings that damage of that name leads to; none for leaks alone.</summary>
    public static CheckProblem[] ProblemsOf(string format, string damage) =>
        format == "qed" ? QedDamage.Kinds[damage].Problems : VdiDamage.Kinds[damage].Problems;

    public Task<Image> OpenAsync(IStorage? storage = null, bool ignoresDirtyMark = true) => MemoryDisk.OpenOverAsync(
        storage ?? Storage, Format, _below, new OpenOptions { IgnoreDirtyMark = ignoresDirtyMark });

    /// <summary>Opened as guests do, the disk is sound, has the right content and takes new data.</summary>
    public async Task ExpectRepairedAsync(IStorage storage)
    {
        await using (Image image = await OpenAsync(storage, ignoresDirtyMark: false))
        {
            Assert.False(image.IsDirty);
            await image.ExpectSoundAsync();
            await image.ExpectContentAsync(Content);
            byte[] written = RandomBytes(3 * ClusterBytes, 99);
            await image.WriteAsync(Content.Length - written.Length - 5, written);
            await image.FlushAsync();
            await image.ExpectSoundAsync();
            byte[] after = [.. Content];
            written.CopyTo(after, after.Length - written.Length - 5);
            await image.ExpectContentAsync(after);
        }
    }
}

/// <summary>Damage and the findings it leads to.</summary>
/// <param name="Make">Does it.</param>
/// <param name="Problems">The findings' classes.</param>
internal sealed record DamageKind<T>(Action<T> Make, params CheckProblem[] Problems);

/// <summary>Numbers in an image, little end first.</summary>
internal static class Numbers
{
    public static ulong Peek64(this MemoryStorage storage, ulong at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(storage.ToArray().AsSpan((int)at));

    public static void Poke64(this MemoryStorage storage, ulong at, ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        storage.Store(at, bytes);
    }

    public static uint Peek32(this MemoryStorage storage, ulong at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(storage.ToArray().AsSpan((int)at));

    public static void Poke32(this MemoryStorage storage, ulong at, uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        storage.Store(at, bytes);
    }
}
