internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("a long way")]
    public void Log(GuestReadBuffer target) => One(target.DangerousGetMemory());

    private void One(ReadOnlyMemory<byte> bytes) => Two(bytes[1..]);

    private void Two(ReadOnlyMemory<byte> bytes) => Three(bytes.Span);

    private void Three(ReadOnlySpan<byte> bytes) => Four(bytes.ToArray());

    private void Four(byte[] bytes) => Five((bytes, bytes.Length));

    private void Five((byte[] Bytes, int Length) pair) => Six(pair.Bytes.AsSpan(0, pair.Length));

    private void Six(ReadOnlySpan<byte> bytes) => log.Write(bytes); // expect: BG3001
}
