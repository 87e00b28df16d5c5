namespace BlockGen;

/// <summary>An image that cannot be used as asked: unknown format, corrupt structure, refused backing file.</summary>
/// <param name="message">What is wrong, without the file's name.</param>
/// <param name="inner">What caused it.</param>
public class ImageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A structure in the image that breaks its format: the file is corrupt or hostile.</summary>
/// <remarks>The message names file, place, field, value and what was expected.</remarks>
public sealed class CorruptImageException : ImageException
{
    /// <summary>A fault in the image <paramref name="file"/>, in the structure at <paramref name="offset"/>.</summary>
    public CorruptImageException(string file, ulong offset, LayoutFault fault)
        : base($"{file}: at offset 0x{offset + (ulong)fault.Offset:x}: {fault.Field} is {fault.Value}: {fault.Problem}")
    {
        File = file;
        Offset = new HostOffset(offset + (ulong)fault.Offset);
        Field = fault.Field;
    }

    /// <summary>The storage's name.</summary>
    public string File { get; }

    /// <summary>Where the faulty value is.</summary>
    public HostOffset Offset { get; }

    /// <summary>The field or entry.</summary>
    public string Field { get; }
}
