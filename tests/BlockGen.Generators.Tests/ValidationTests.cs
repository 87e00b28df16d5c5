using BlockGen.Generators.Tests.Declarations;

namespace BlockGen.Generators.Tests;

/// <summary>What the generated validation finds.</summary>
public class ValidationTests
{
    private static readonly QedHeader Sound = new()
    {
        Magic = 0x00444551,
        ClusterSize = 65536,
        TableSize = 4,
        HeaderSize = 1,
        L1TableOffset = new HostOffset(65536),
        ImageSize = 1 << 30,
    };

    private static readonly Outer.Everything Everything = new()
    {
        Magic = 0x514649FB,
        Version = 2,
        Signed8 = 1,
        Subformat = Subformat.Flat,
        Extra = new Locator { Code = 0xBEDA107F },
    };

    [Fact]
    public void A_sound_header_has_no_fault()
    {
        Assert.Null(Sound.Validate());
        Assert.Null(Everything.Validate());
    }

    public static TheoryData<QedHeader, string> Broken() => new()
    {
        { Sound with { Magic = 1 }, "Magic at offset 0x0 is 0x1: is not \"QED\\0\"" },
        { Sound with { ClusterSize = 65535 }, "ClusterSize at offset 0x4 is 65535: is not a power of two from 4096 to 67108864" },
        { Sound with { ClusterSize = 2048 }, "ClusterSize at offset 0x4 is 2048: is not a power of two from 4096 to 67108864" },
        { Sound with { TableSize = 32 }, "TableSize at offset 0x8 is 32: is not a power of two from 1 to 16" },
        { Sound with { TableSize = 0 }, "TableSize at offset 0x8 is 0: is not a power of two from 1 to 16" },
        { Sound with { HeaderSize = 0 }, "HeaderSize at offset 0xc is 0: is less than 1" },
        { Sound with { Features = (QedFeatures)0x31 }, "Features at offset 0x10 is 0x31: has unknown bits 0x30; known are 0x7" },
        { Sound with { L1TableOffset = new HostOffset(512) }, "L1TableOffset at offset 0x28 is 0x200: is not a multiple of ClusterSize (65536)" },
        { Sound with { ImageSize = 513 }, "ImageSize at offset 0x30 is 513: is not a multiple of 512" },
        { Sound with { ImageSize = 1UL << 50 }, "ImageSize at offset 0x30 is 1125899906842624: is more than MappableSize (70368744177664)" },
        { Sound with { Features = QedFeatures.BackingFile, BackingNameOffset = 63 }, "BackingNameOffset at offset 0x38 is 63: is less than Lowest (64)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_fault_names_offset_field_value_and_expectation(QedHeader header, string fault) =>
        Assert.Equal(fault, header.Validate().ToString());

    [Fact]
    public void Rules_are_tried_in_file_order() =>
        Assert.Equal("ClusterSize", (Sound with { ClusterSize = 0, ImageSize = 1 }).Validate()?.Field);

    [Fact]
    public void An_absent_field_breaks_no_rule()
    {
        Assert.Null((Sound with { BackingNameOffset = 1 }).Validate());
        Assert.Null((Everything with { Signed32 = 5000, Signed64 = 5000 }).Validate());
        Assert.Equal("Signed32", (Everything with { Version = 3, Signed32 = 5000, Signed64 = 5000 }).Validate()?.Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void Signed_fields_are_compared_as_signed(sbyte value) =>
        Assert.Equal("Signed8", (Everything with { Signed8 = value }).Validate()?.Field);

    [Fact]
    public void Negative_values_are_below_every_range_and_above_smaller_ones()
    {
        Assert.Equal("Signed16", (Everything with { Signed16 = -1 }).Validate()?.Field);
        Assert.Equal("Signed64", (Everything with { Signed32 = -4, Signed64 = -5 }).Validate()?.Field);
        Assert.Null((Everything with { Signed32 = -5, Signed64 = -4 }).Validate());
    }

    [Fact]
    public void A_multiple_of_a_member_that_is_zero_is_a_fault()
    {
        QedHeader header = Sound with { ClusterSize = 0 };
        Assert.NotNull(header.Validate());
        Assert.Equal("is not a multiple of Unit (0)", new Zeroes { Value = 4 }.Validate()?.Problem);
        Assert.Equal("is not a multiple of None (0)", new Zeroes { Unit = 1 }.Validate()?.Problem);
    }

    [Fact]
    public void Faults_of_nested_structures_name_their_place()
    {
        LayoutFault extra = Assert.NotNull((Everything with { Extra = default }).Validate());
        Assert.Equal((0x95, "Extra.Code"), (extra.Offset, extra.Field));

        Outer.Everything array = Everything with { Locators = new DiskArray<Locator>([Everything.Extra, default]) };
        LayoutFault second = Assert.NotNull(array.Validate());
        Assert.Equal((0x7D + 12, "Locators[1].Code"), (second.Offset, second.Field));
    }

    [Fact]
    public void Texts_and_arrays_must_fit()
    {
        Assert.Equal("Label", (Everything with { Label = "longer than sixteen" }).Validate()?.Field);
        Assert.Equal("Numbers", (Everything with { Numbers = new DiskArray<ushort>([1]) }).Validate()?.Field);
    }

    [Fact]
    public void Unknown_bits_are_cleared_where_the_rule_says_so()
    {
        Assert.Equal(0UL, (Sound with { AutoclearFeatures = 5, CompatFeatures = 6 }).WithoutUnknownBits().AutoclearFeatures);
        Assert.Equal(6UL, (Sound with { AutoclearFeatures = 5, CompatFeatures = 6 }).WithoutUnknownBits().CompatFeatures);

        Outer.Everything dirty = Everything with
        {
            Version = 3,
            Flags = (Bits)0xFF,
            Extra = new Locator { Flags = (Bits)0xFE },
            Locators = new DiskArray<Locator>([new Locator { Flags = (Bits)0x81 }, default]),
        };
        Outer.Everything clean = dirty.WithoutUnknownBits();
        Assert.Equal(Bits.Fast | Bits.Wide, clean.Flags);
        Assert.Equal(Bits.Wide, clean.Extra.Flags);
        Assert.Equal(Bits.Fast, clean.Locators[0].Flags);
        Assert.Equal((Bits)0xFF, (dirty with { Version = 2 }).WithoutUnknownBits().Flags);
    }

    [Fact]
    public void Descriptions_match_the_fields_and_leave_absent_ones_out()
    {
        IReadOnlyList<string?> values = (Sound with { Features = QedFeatures.NeedCheck }).Describe();
        Assert.Equal(QedHeader.Fields.Count, values.Count);
        Assert.Equal(
            ["0x444551", "65536", "4", "1", "NeedCheck", "0x0", "0x0", "0x10000", "1073741824", null, null],
            values);
        Assert.Equal("\"a\\x1b\\x22\"", (Everything with { Label = "a\u001b\"" }).Describe()[10]);
    }

    [Fact]
    public void Layouts_carry_rule_and_summary()
    {
        FieldLayout layout = QedHeader.Fields[1];
        Assert.Equal(new FieldLayout("ClusterSize", 4, 4, "power of two, 4096 to 67108864", "Bytes in one cluster."), layout);
        Assert.Equal(64, QedHeader.Fields[^1].Offset + QedHeader.Fields[^1].Size);
    }
}
