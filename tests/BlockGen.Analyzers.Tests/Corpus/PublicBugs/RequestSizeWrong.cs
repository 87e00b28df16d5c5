// CVE-2014-0143, QEMU's block layer (commit 8f4754ede5): the size of a large request overflowed an int.
internal static class Requests
{
    public static long Bytes(int sectorCount) => sectorCount * 512; // expect: BG2051

    public static async ValueTask ZeroAsync(Image image, ulong start, uint sectorCount, CancellationToken cancellation) =>
        await image.WriteZeroesAsync(new GuestRange(start, sectorCount * 512), ZeroMode.MayUnmap, cancellation); // expect: BG2051
}
