internal sealed class Holder<T>(T value)
{
    public T Value { get; } = value;

    public Holder<TOther> Map<TOther>(Func<T, TOther> map) => new(map(Value));
}

internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("held")]
    public void Log(GuestReadBuffer target)
    {
        Holder<Memory<byte>> held = new(target.DangerousGetMemory());
        Holder<byte[]> copied = held.Map(bytes => bytes.ToArray());
        log.Write(copied.Value); // expect: BG3001
    }
}
