using System.Text;

namespace BlockGen;

/// <summary>The names of backing files as images store them.</summary>
internal static class BackingNames
{
    /// <summary>Bytes of a name at most.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>Reads the name at a place; null where the place is empty.</summary>
    /// <param name="storage">The image's.</param>
    /// <param name="place">Where the name is, as the image says.</param>
    /// <param name="room">Where it may be.</param>
    /// <param name="format">The backing file's format; null when the image does not say.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="CorruptImageException">The name is somewhere else, or longer than any.</exception>
    public static async ValueTask<BackingLink?> ReadAsync(
        IStorage storage, HostRange place, HostRange room, string? format, CancellationToken cancellation)
    {
        if (place.Length == 0)
        {
            return null;
        }

        if (place.Length > MaxBytes || place.Start.Value < room.Start.Value || place.End > room.End
            || place.End < place.Start.Value)
        {
            throw new CorruptImageException(storage.Name, 0, new LayoutFault(
                0, "backing file name", place.ToString(), $"is not inside {room} or longer than {MaxBytes} bytes"));
        }

        byte[] name = new byte[place.Length];
        await storage.ReadAsync(place.Start, name, cancellation).ConfigureAwait(false);
        return new BackingLink(Encoding.UTF8.GetString(name), format);
    }
}
