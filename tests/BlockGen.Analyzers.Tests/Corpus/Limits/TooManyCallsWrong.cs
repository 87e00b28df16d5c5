// Where a method leads to thousands of calls not all are followed: guest memory given to the rest counts as stored.
internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("many ways")]
    public void Log(GuestReadBuffer target)
    {
        Memory<byte> bytes = target.DangerousGetMemory();
        Step0(bytes);
        Save(bytes); // expect: BG3001
    }

    private static void Step0(Memory<byte> bytes)
    {
        Step1(bytes);
        Step1(bytes); // expect: BG3001
    }

    private static void Step1(Memory<byte> bytes)
    {
        Step2(bytes);
        Step2(bytes);
    }

    private static void Step2(Memory<byte> bytes)
    {
        Step3(bytes);
        Step3(bytes);
    }

    private static void Step3(Memory<byte> bytes)
    {
        Step4(bytes);
        Step4(bytes);
    }

    private static void Step4(Memory<byte> bytes)
    {
        Step5(bytes);
        Step5(bytes);
    }

    private static void Step5(Memory<byte> bytes)
    {
        Step6(bytes);
        Step6(bytes);
    }

    private static void Step6(Memory<byte> bytes)
    {
        Step7(bytes);
        Step7(bytes); // expect: BG3001
    }

    private static void Step7(Memory<byte> bytes)
    {
        Step8(bytes);
        Step8(bytes); // expect: BG3001
    }

    private static void Step8(Memory<byte> bytes)
    {
        Step9(bytes);
        Step9(bytes);
    }

    private static void Step9(Memory<byte> bytes)
    {
        Step10(bytes);
        Step10(bytes);
    }

    private static void Step10(Memory<byte> bytes)
    {
        Step11(bytes); // expect: BG3001
        Step11(bytes); // expect: BG3001
    }

    private static void Step11(Memory<byte> bytes) => bytes.Span.Clear();

    private void Save(Memory<byte> bytes) => log.Write(bytes.Span);
}
