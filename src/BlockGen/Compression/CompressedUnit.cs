namespace BlockGen;

/// <summary>Turns stored bytes into guest bytes.</summary>
/// <param name="stored">The compressed bytes; what follows them is ignored.</param>
/// <param name="target">Filled to its end.</param>
/// <exception cref="InvalidDataException">The bytes are not what the method makes, or are too few.</exception>
/// <remarks>Called from many threads at once.</remarks>
public delegate void Decompressor(ReadOnlySpan<byte> stored, Span<byte> target);

/// <summary>Guest bytes that are compressed together: none can be read without the others.</summary>
/// <param name="Range">The guest bytes; at most 2 GiB, and past the end of the disk in its last unit.</param>
/// <param name="Stored">Where the compressed bytes are; the room they have, when their number is not known.</param>
/// <param name="Decompress">How they become guest bytes.</param>
public sealed record CompressedUnit(GuestRange Range, HostRange Stored, Decompressor Decompress);
