internal sealed record Answer(int Result)
{
    public void Wait() => Thread.MemoryBarrier();
}

internal static class Use
{
    public static int Get(Answer answer)
    {
        answer.Wait();
        return answer.Result;
    }

    public static bool IsOver(Task copy) => copy.Wait(0);

    public static Task<int> Then(Task<int> count) => count.ContinueWith(done => done.Result + 1, TaskScheduler.Default);
}
