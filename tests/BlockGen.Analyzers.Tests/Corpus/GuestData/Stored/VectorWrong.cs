using System.Runtime.Intrinsics;

internal sealed class Keeper(FileStream file)
{
    [ReviewedGuestAccess("turned over")]
    public void Keep(GuestReadBuffer target)
    {
        Vector128<byte> lanes = Vector128.Create<byte>(target.DangerousGetMemory().Span);
        byte[] kept = new byte[16];
        (~lanes).CopyTo(kept);
        file.Write(kept); // expect: BG3001
    }
}
