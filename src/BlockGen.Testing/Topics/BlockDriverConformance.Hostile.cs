namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int VictimBytes = 1 << 20;

    /// <summary>Every header field at every boundary value: an error in words or data, in bounded memory.</summary>
    [Fact]
    public Task Hostile_header_fields_are_refused_or_harmless() =>
        ForEachContentShapeAsync("the rules of the header's fields", async recipe =>
        {
            Victim original = await Victim.CreateAsync(recipe, VictimBytes).ConfigureAwait(false);
            int refusedCount = 0;
            foreach (FieldLayout field in Format.HeaderFields)
            {
                foreach (UInt128 value in HostileNumbers.AroundBoundaries(original, field))
                {
                    Victim victim = new(recipe, [.. original.Bytes]);
                    victim.Poke(field.Offset, Math.Min(field.Size, 16), value);
                    IReadOnlyList<ImageException> errors = await UseAsync(victim, $"{field.Name} is 0x{value:x}")
                        .ConfigureAwait(false);
                    refusedCount += errors.Count > 0 ? 1 : 0;
                }
            }

            // A magic alone is refused for most values.
            Assert.True(
                Format.HeaderFields.Count == 0 || refusedCount > 10,
                $"only {refusedCount} headers were refused");
        });

    /// <summary>A file that ends anywhere: an error in words or data, in bounded memory.</summary>
    [Fact]
    public Task Hostile_truncation_is_refused_or_harmless() =>
        ForEachShapeAsync("[TableBytes], [DataStart] and the rules of the header's fields", async recipe =>
        {
            Victim original = await Victim.CreateAsync(recipe, VictimBytes).ConfigureAwait(false);
            int headerBytes = Format.HeaderFields.Select(field => field.Offset + field.Size).DefaultIfEmpty(0).Max();
            for (int length = 0; length < original.Bytes.Length; length += 512)
            {
                Victim victim = new(recipe, original.Bytes[..length]);
                IReadOnlyList<ImageException> errors = await UseAsync(victim, $"the file has {length} bytes")
                    .ConfigureAwait(false);
                Assert.True(length >= headerBytes || errors.Count > 0, $"a file of {length} bytes was opened");
            }
        });

    /// <summary>
    /// Table entries that name headers, tables, each other and what is past the end: an error in words, or data; and
    /// where the data is wrong, the check says so.
    /// </summary>
    [Fact]
    public Task Hostile_table_entries_are_refused_or_harmless() =>
        ForEachShapeAsync("the leaf and root entries, [DataStart] and [ClusterSize]", async recipe =>
        {
            Victim original = await Victim.CreateAsync(recipe, VictimBytes).ConfigureAwait(false);
            byte[] content = await ReadAllAsync(recipe, original).ConfigureAwait(false);
            ulong[] values = await HostileNumbers.PlacesAsync(recipe, original).ConfigureAwait(false);
            foreach (int at in await HostileNumbers.EntriesAsync(recipe, original).ConfigureAwait(false))
            {
                foreach (ulong value in values)
                {
                    foreach (int size in (int[])[4, 8])
                    {
                        Victim victim = new(recipe, [.. original.Bytes]);
                        victim.Poke(at, size, value);
                        string damage = $"{size} bytes at 0x{at:x} are 0x{value:x}";
                        IReadOnlyList<ImageException> errors = await UseAsync(victim, damage).ConfigureAwait(false);

                        // Eight bytes may be two entries, and two blocks that change places are a sound image.
                        if (errors.Count == 0 && size == 4)
                        {
                            await ExpectNoticedAsync(recipe, victim, content, damage).ConfigureAwait(false);
                        }
                    }
                }
            }
        });

    private static async Task<IReadOnlyList<ImageException>> UseAsync(Victim victim, string damage)
    {
        try
        {
            return await victim.UseAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw new ConformanceException($"where {damage}: {error.Message}", error);
        }
    }

    private static async Task ExpectNoticedAsync(ImageRecipe recipe, Victim victim, byte[] content, string damage)
    {
        MemoryStorage storage = new(victim.Bytes, "victim");
        await UseAsync(recipe.OpenAsync(storage, new OpenOptions { ReadOnly = true }), async image =>
        {
            CheckReport report = await image.CheckAsync(CancellationToken.None).ConfigureAwait(false);
            if (report.IsClean)
            {
                byte[] found = await image.ReadAsync(0, content.Length).ConfigureAwait(false);
                Assert.True(
                    found.AsSpan().SequenceEqual(content),
                    $"where {damage}: the disk reads otherwise, and the check finds nothing");
            }
        }).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAllAsync(ImageRecipe recipe, Victim victim)
    {
        byte[] content = [];
        await UseAsync(recipe.OpenAsync(new MemoryStorage(victim.Bytes, "victim")), async image =>
            content = await image.ReadAsync(0, (int)image.Length).ConfigureAwait(false)).ConfigureAwait(false);
        return content;
    }
}
