// However many calls lie between the guest's memory and where it is stored, each is followed.
internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("a long way")]
    public void Log(GuestReadBuffer target) => Step0(target.DangerousGetMemory());

    private void Step0(ReadOnlyMemory<byte> bytes) => Step1(bytes);

    private void Step1(ReadOnlyMemory<byte> bytes) => Step2(bytes);

    private void Step2(ReadOnlyMemory<byte> bytes) => Step3(bytes);

    private void Step3(ReadOnlyMemory<byte> bytes) => Step4(bytes);

    private void Step4(ReadOnlyMemory<byte> bytes) => Step5(bytes);

    private void Step5(ReadOnlyMemory<byte> bytes) => Step6(bytes);

    private void Step6(ReadOnlyMemory<byte> bytes) => Step7(bytes);

    private void Step7(ReadOnlyMemory<byte> bytes) => Step8(bytes);

    private void Step8(ReadOnlyMemory<byte> bytes) => Step9(bytes);

    private void Step9(ReadOnlyMemory<byte> bytes) => Step10(bytes);

    private void Step10(ReadOnlyMemory<byte> bytes) => Step11(bytes);

    private void Step11(ReadOnlyMemory<byte> bytes) => Step12(bytes);

    private void Step12(ReadOnlyMemory<byte> bytes) => Step13(bytes);

    private void Step13(ReadOnlyMemory<byte> bytes) => Step14(bytes);

    private void Step14(ReadOnlyMemory<byte> bytes) => Step15(bytes);

    private void Step15(ReadOnlyMemory<byte> bytes) => Step16(bytes);

    private void Step16(ReadOnlyMemory<byte> bytes) => Step17(bytes);

    private void Step17(ReadOnlyMemory<byte> bytes) => Step18(bytes);

    private void Step18(ReadOnlyMemory<byte> bytes) => Step19(bytes);

    private void Step19(ReadOnlyMemory<byte> bytes) => Step20(bytes);

    private void Step20(ReadOnlyMemory<byte> bytes) => log.Write(bytes.Span); // expect: BG3001
}
