namespace BlockGen.Nbd;

/// <summary>A request, whichever header it came with.</summary>
/// <param name="Command">What is asked for.</param>
/// <param name="Flags">How.</param>
/// <param name="Cookie">What the reply is known by.</param>
/// <param name="Offset">First byte of the export.</param>
/// <param name="Length">Bytes of the export, or of the data that follows.</param>
internal readonly record struct NbdRequest(
    NbdCommand Command, CommandFlags Flags, ulong Cookie, ulong Offset, ulong Length)
{
    /// <summary>Reads a header; null when it does not begin with its magic.</summary>
    public static NbdRequest? TryRead(ReadOnlySpan<byte> source, bool isExtended)
    {
        if (isExtended)
        {
            ExtendedRequest extended = ExtendedRequest.Read(source);
            return ExtendedRequest.HasMagic(source)
                ? new NbdRequest(
                    extended.Command, extended.Flags, extended.Cookie, extended.Offset, extended.Length)
                : null;
        }

        CompactRequest compact = CompactRequest.Read(source);
        return CompactRequest.HasMagic(source)
            ? new NbdRequest(compact.Command, compact.Flags, compact.Cookie, compact.Offset, compact.Length)
            : null;
    }

    /// <summary>Bytes of a header.</summary>
    public static int HeaderBytes(bool isExtended) => isExtended ? ExtendedRequest.Size : CompactRequest.Size;

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> target, bool isExtended)
    {
        if (isExtended)
        {
            new ExtendedRequest
            {
                Magic = ExtendedRequest.MagicValue,
                Flags = Flags,
                Command = Command,
                Cookie = Cookie,
                Offset = Offset,
                Length = Length,
            }.Write(target);
        }
        else
        {
            new CompactRequest
            {
                Magic = CompactRequest.MagicValue,
                Flags = Flags,
                Command = Command,
                Cookie = Cookie,
                Offset = Offset,
                Length = checked((uint)Length),
            }.Write(target);
        }
    }

    /// <summary>Whether data follows the header on the wire.</summary>
    public bool HasPayload(bool isExtended) =>
        isExtended ? (Flags & CommandFlags.HasPayload) != 0 : Command is NbdCommand.Write;

    /// <summary>Whether the range lies in an export of that size.</summary>
    public bool IsInside(ulong exportBytes) => Offset <= exportBytes && Length <= exportBytes - Offset;
}
