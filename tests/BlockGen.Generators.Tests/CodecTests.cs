using BlockGen.Generators.Tests.Declarations;

namespace BlockGen.Generators.Tests;

/// <summary>What the generated codecs do with bytes.</summary>
public class CodecTests
{
    private static readonly Outer.Everything Everything = new()
    {
        Magic = 0x514649FB,
        Version = 3,
        Signed8 = 100,
        Signed16 = 7,
        Signed32 = -5,
        Signed64 = -5,
        Subformat = Subformat.Sparse,
        Grains = 0x0808,
        Flags = Bits.Fast | Bits.Wide,
        Identity = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        Label = "Gerät",
        Creator = "ab",
        Numbers = new DiskArray<ushort>([1, 2, 3, 0xFFFE]),
        Places = new DiskArray<HostOffset>([new HostOffset(1), new HostOffset(ulong.MaxValue)]),
        Identities = new DiskArray<Guid>([Guid.Empty, new Guid("00112233-4455-6677-8899-aabbccddeeff")]),
        Locators = new DiskArray<Locator>([new Locator { Code = 0xBEDA107F }, new Locator { Code = 0xBEDA107F, Flags = Bits.Fast }]),
        Extra = new Locator { Code = 0xBEDA107F },
    };

    [Fact]
    public void Fields_lie_where_the_table_says()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        Everything.Write(bytes);

        Assert.Equal(256, bytes.Length);
        Assert.Equal("514649FB", Convert.ToHexString(bytes, 0x00, 4));
        Assert.Equal("FFFFFFFB", Convert.ToHexString(bytes, 0x08, 4));
        Assert.Equal("0002", Convert.ToHexString(bytes, 0x14, 2));
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(bytes, 0x19, 16));
        Assert.Equal("476572C3A474", Convert.ToHexString(bytes, 0x29, 6));
        Assert.Equal("0061006200000000", Convert.ToHexString(bytes, 0x3D, 8));
        Assert.Equal("000100020003FFFE", Convert.ToHexString(bytes, 0x45, 8));
        Assert.Equal("7F10DABE", Convert.ToHexString(bytes, 0x7D, 4));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        Everything.Write(bytes);
        Outer.Everything read = Outer.Everything.Read(bytes);

        byte[] again = new byte[Outer.Everything.Size];
        read.Write(again);
        Assert.Equal(bytes, again);
        Assert.Equal(
            Everything with { Sum = read.Sum, Extra = read.Extra, Locators = read.Locators },
            read);
        Assert.Null(read.Validate());
        Assert.Null(Outer.Everything.Verify(bytes));
    }

    [Fact]
    public void Bytes_of_no_field_keep_their_value()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        bytes.AsSpan().Fill(0xA5);
        Everything.Write(bytes);

        Assert.Equal("A5A5A5A5", Convert.ToHexString(bytes, 0x39, 4));
        Assert.All(bytes[0xA5..], value => Assert.Equal(0xA5, value));
        Assert.Null(Outer.Everything.Verify(bytes));
    }

    [Fact]
    public void Text_that_has_not_changed_keeps_what_follows_it()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        Everything.Write(bytes);
        bytes[0x29 + 15] = 0x77;
        Outer.Everything read = Outer.Everything.Read(bytes);
        read.Write(bytes);
        Assert.Equal(0x77, bytes[0x29 + 15]);

        (read with { Label = "new" }).Write(bytes);
        Assert.Equal(0, bytes[0x29 + 15]);
    }

    [Fact]
    public void Identifiers_are_mixed_endian_in_little_endian_structures()
    {
        byte[] bytes = new byte[Names.Size];
        new Names { Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"), @class = 7 }.Write(bytes);
        Assert.Equal("33221100554477668899AABBCCDDEEFF", Convert.ToHexString(bytes, 12, 16));
        Assert.Equal(7UL, Names.Read(bytes).@class);
    }

    [Fact]
    public void A_structure_made_with_new_is_all_zeroes()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        default(Outer.Everything).Write(bytes);
        int sum = Outer.Everything.Fields.Single(field => field.Name == "Sum").Offset;
        Assert.All(bytes[..0x7D], value => Assert.Equal(0, value));
        Assert.Equal("FFFFFFFF", Convert.ToHexString(bytes, sum, 4));
    }

    [Theory]
    [InlineData(ChecksumKind.Crc32, 0xCBF43926)]
    [InlineData(ChecksumKind.Crc32C, 0xE3069283)]
    [InlineData(ChecksumKind.OnesComplementOfSum, 0xFFFFFE22)]
    public void Checksums_have_their_published_check_values(ChecksumKind kind, uint expected) =>
        Assert.Equal(expected, Checksums.Compute(kind, "123456789"u8, zeroedAt: -1));

    [Theory]
    [InlineData(ChecksumKind.Crc32)]
    [InlineData(ChecksumKind.Crc32C)]
    [InlineData(ChecksumKind.OnesComplementOfSum)]
    public void A_checksum_takes_its_own_field_as_zero(ChecksumKind kind)
    {
        byte[] bytes = [1, 2, 3, 0xAA, 0xBB, 0xCC, 0xDD, 8, 9, 10, 11, 12, 13];
        byte[] zeroed = [1, 2, 3, 0, 0, 0, 0, 8, 9, 10, 11, 12, 13];
        Assert.Equal(Checksums.Compute(kind, zeroed, zeroedAt: -1), Checksums.Compute(kind, bytes, zeroedAt: 3));
    }

    [Fact]
    public void A_wrong_checksum_is_found_wherever_it_is()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        Everything.Write(bytes);

        Assert.Equal("Sum", Fault(0x10).Field);
        Assert.Equal("Locators[1].Sum", Fault(0x7D + 12).Field);
        Assert.Equal(0x7D + 12 + 8, Fault(0x7D + 12).Offset);
        Assert.Equal("Extra.Sum", Fault(0x95).Field);

        LayoutFault Fault(int flipped)
        {
            byte[] damaged = [.. bytes];
            damaged[flipped] ^= 1;
            return Assert.NotNull(Outer.Everything.Verify(damaged));
        }
    }

    [Fact]
    public void Magic_is_recognised_and_never_beyond_the_end()
    {
        Assert.True(QedHeader.HasMagic("QED\0"u8));
        Assert.False(QedHeader.HasMagic("QED"u8));
        Assert.False(QedHeader.HasMagic("QED1"u8));
        Assert.True(Outer.Everything.HasMagic([0x51, 0x46, 0x49, 0xFB, 0]));
        Assert.True(Locator.HasMagic([0x7F, 0x10, 0xDA, 0xBE]));
        Assert.False(Names.HasMagic(new byte[Names.Size]));
    }

    [Fact]
    public void Text_and_arrays_that_do_not_fit_are_refused()
    {
        byte[] bytes = new byte[Outer.Everything.Size];
        Assert.Throws<ArgumentException>(() => (Everything with { Label = "longer than sixteen" }).Write(bytes));
        Assert.Throws<ArgumentException>(() => (Everything with { Numbers = new DiskArray<ushort>([1]) }).Write(bytes));
    }
}
