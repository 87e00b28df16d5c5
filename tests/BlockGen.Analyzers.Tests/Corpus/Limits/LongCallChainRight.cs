internal sealed class Filler
{
    [ReviewedGuestAccess("a long way, to fill it")]
    public void Fill(GuestReadBuffer target) => Step0(target.DangerousGetMemory());

    private static void Step0(Memory<byte> bytes) => Step1(bytes);

    private static void Step1(Memory<byte> bytes) => Step2(bytes);

    private static void Step2(Memory<byte> bytes) => Step3(bytes);

    private static void Step3(Memory<byte> bytes) => Step4(bytes);

    private static void Step4(Memory<byte> bytes) => Step5(bytes);

    private static void Step5(Memory<byte> bytes) => Step6(bytes);

    private static void Step6(Memory<byte> bytes) => Step7(bytes);

    private static void Step7(Memory<byte> bytes) => Step8(bytes);

    private static void Step8(Memory<byte> bytes) => Step9(bytes);

    private static void Step9(Memory<byte> bytes) => Step10(bytes);

    private static void Step10(Memory<byte> bytes) => Step11(bytes);

    private static void Step11(Memory<byte> bytes) => Step12(bytes);

    private static void Step12(Memory<byte> bytes) => Step13(bytes);

    private static void Step13(Memory<byte> bytes) => Step14(bytes);

    private static void Step14(Memory<byte> bytes) => Step15(bytes);

    private static void Step15(Memory<byte> bytes) => Step16(bytes);

    private static void Step16(Memory<byte> bytes) => Step17(bytes);

    private static void Step17(Memory<byte> bytes) => Step18(bytes);

    private static void Step18(Memory<byte> bytes) => Step19(bytes);

    private static void Step19(Memory<byte> bytes) => Step20(bytes);

    private static void Step20(Memory<byte> bytes) => bytes.Span.Fill(7);
}
