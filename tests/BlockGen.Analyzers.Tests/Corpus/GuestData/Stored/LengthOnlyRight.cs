internal sealed class Statistics(BinaryWriter log)
{
    public void Count(GuestReadBuffer target, GuestWriteBuffer source)
    {
        log.Write(target.Length);
        log.Write(source.Length + target.Slice(1).Length);
    }
}
