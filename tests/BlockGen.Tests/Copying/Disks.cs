namespace BlockGen.Tests.Copying;

/// <summary>Contents of disks.</summary>
internal static class Disks
{
    /// <summary>Random bytes; the same for the same seed.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The guest's whole disk.</summary>
    public static async Task<byte[]> ReadAllAsync(Image image)
    {
        byte[] content = new byte[image.Length];
        await image.ReadAsync(new GuestOffset(0), content, CancellationToken.None);
        return content;
    }
}
