internal static class Buffers
{
    extension(GuestWriteBuffer buffer)
    {
        public byte First => buffer.DangerousGetMemory().Span[0]; // expect: BG3010
    }
}
