internal sealed class Commands(IStorage storage)
{
    public Dictionary<string, Action<CancellationToken>> Table => new()
    {
        ["flush"] = async cancellation => await storage.FlushAsync(cancellation), // expect: BG4005
    };
}
