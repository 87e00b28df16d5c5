namespace BlockGen;

/// <summary>Reads the header of an image that is being opened.</summary>
public static class HeaderReader
{
    /// <summary>Reads the structure at offset 0 and judges it by its declared rules and checksums.</summary>
    /// <exception cref="ImageException">The storage is too short.</exception>
    /// <exception cref="CorruptImageException">A field breaks its declared rule.</exception>
    public static async ValueTask<THeader> ReadAsync<THeader>(IStorage storage, CancellationToken cancellation)
        where THeader : struct, IDiskStruct<THeader>
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (storage.Length < (ulong)THeader.Size)
        {
            throw new ImageException(
                $"{storage.Name}: the file has {storage.Length} bytes, its header would need {THeader.Size}");
        }

        byte[] bytes = new byte[THeader.Size];
        await storage.ReadAsync(new HostOffset(0), bytes, cancellation).ConfigureAwait(false);
        THeader header = THeader.Read(bytes);
        if ((header.Validate() ?? THeader.Verify(bytes)) is { } fault)
        {
            throw new CorruptImageException(storage.Name, 0, fault);
        }

        return header;
    }

    /// <summary>The declared fields of a header at offset 0, with their values.</summary>
    public static IReadOnlyList<DescribedField> Describe<THeader>(THeader header)
        where THeader : struct, IDiskStruct<THeader>
    {
        IReadOnlyList<string?> values = header.Describe();
        return [.. THeader.Fields.Select((layout, index) => new DescribedField(layout, values[index]))];
    }
}
