internal static class Verifier
{
    [ReviewedGuestAccess("encrypted and compared")]
    public static bool Encrypt(System.Security.Cryptography.Aes aes, GuestWriteBuffer source, byte[] target, byte[] last)
    {
        ReadOnlySpan<byte> bytes = source.DangerousGetMemory().Span;
        aes.EncryptEcb(bytes, target, System.Security.Cryptography.PaddingMode.None);
        return bytes.SequenceEqual(last); // expect: BG3002
    }
}
