namespace BlockGen.Drivers.Tests.Hostile;

/// <summary>Headers and files that an attacker or an accident made.</summary>
public sealed class HostileHeaderTests
{
    private const int DiskBytes = 1 << 20;

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1")]
    [InlineData("qed", "cluster_size=65536")]
    [InlineData("vdi", "")]
    [InlineData("parallels", "cluster_size=65536")]
    [InlineData("parallels", "cluster_size=512")]
    public async Task Every_field_at_every_boundary(string format, string options)
    {
        Victim original = await Victim.CreateAsync(format, options, DiskBytes);
        int refused = 0;
        foreach (FieldLayout field in MemoryDisk.Formats.Find(format).HeaderFields)
        {
            foreach (UInt128 value in Boundaries(original, field))
            {
                Victim victim = new(format, [.. original.Bytes]);
                victim.Poke(field.Offset, Math.Min(field.Size, 16), value);
                IReadOnlyList<ImageException> errors = await victim.UseAsync();
                refused += errors.Count > 0 ? 1 : 0;
                Assert.All(errors.OfType<CorruptImageException>(), error =>
                {
                    Assert.Equal("victim", error.File);
                    string place = $"at offset 0x{error.Offset.Value:x}: {error.Field} is ";
                    Assert.Contains(place, error.Message, StringComparison.Ordinal);
                });
            }
        }

        Assert.True(refused > 30, $"only {refused} headers were refused");
    }

    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1")]
    [InlineData("qed", "cluster_size=65536")]
    [InlineData("vdi", "")]
    [InlineData("parallels", "cluster_size=65536")]
    [InlineData("parallels", "cluster_size=512")]
    [InlineData("raw", "")]
    public async Task A_file_cut_off_anywhere(string format, string options)
    {
        Victim original = await Victim.CreateAsync(format, options, DiskBytes);
        for (int length = 0; length < original.Bytes.Length; length += 512)
        {
            Victim victim = new(format, original.Bytes[..length]);
            IReadOnlyList<ImageException> errors = await victim.UseAsync();
            Assert.True(length >= 512 || format == "raw" || errors.Count > 0);
        }
    }

    [Fact]
    public async Task Sizes_that_no_file_offset_holds_are_refused()
    {
        // 2^63 bytes and more: offsets in files are signed.
        Victim victim = await Victim.CreateAsync("qed", "cluster_size=67108864,table_size=1", DiskBytes);
        victim.Poke(48, 8, 1UL << 63);
        IReadOnlyList<ImageException> errors = await victim.UseAsync();
        Assert.All(errors, error => Assert.Contains("9223372036854775808", error.Message, StringComparison.Ordinal));
        Assert.Equal(2, errors.Count);
    }

    private static IEnumerable<UInt128> Boundaries(Victim original, FieldLayout field)
    {
        int bits = Math.Min(field.Size, 16) * 8;
        UInt128 most = bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
        UInt128 old = original.Peek(field.Offset) & most;
        HashSet<UInt128> values =
            [0, 1, 2, 3, most, most - 1, most / 2, most / 2 + 1, most / 2 - 511, most - 511, old + 1, old - 1,
             old * 2, old / 2];
        for (int bit = 8; bit < bits; bit += 5)
        {
            values.Add(UInt128.One << bit);
            values.Add((UInt128.One << bit) - 1);
        }

        return values.Select(value => value & most).Where(value => value != old).Distinct();
    }
}
