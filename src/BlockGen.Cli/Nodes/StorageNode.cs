namespace BlockGen.Cli;

/// <summary>Opens what lies under a format: files, and the drivers that stand for or in front of one.</summary>
internal static class StorageNode
{
    private const ulong NullBytes = 1UL << 30;
    private const ulong NanosecondsInTick = 100;

    /// <summary>Drivers that are no format: they give bytes.</summary>
    public static bool IsProtocol(string driver) => driver is "file" or "nbd" or "null-co" or "blkdebug" or "throttle";

    /// <summary>Opens a storage; failures are <see cref="ImageException"/>.</summary>
    public static IStorage Open(NodeOptions options, ImageOpening opening, bool isWritable)
    {
        if (options.Take("driver") is { } driver)
        {
            return Open(driver, options, opening, isWritable);
        }

        string name = options.Take("filename") ?? throw new ImageException("Must specify either driver or file");
        if (NodeText.ReadProtocol(name) is { } protocol)
        {
            RequireNothingLeft("file", options);
            return Open(protocol, opening, isWritable);
        }

        return OpenFile(name, options, opening, isWritable);
    }

    /// <summary>Opens the storage of a named driver.</summary>
    public static IStorage Open(string driver, NodeOptions options, ImageOpening opening, bool isWritable)
    {
        switch (driver)
        {
            case "file":
                string name = options.Take("filename")
                    ?? throw new ImageException("The 'file' block driver requires a file name");
                return OpenFile(name, options, opening, isWritable);
            case "nbd":
                return NbdNode.Open(options, opening, isWritable);
            case "null-co":
                return OpenNull(options, isWritable);
            case "blkdebug":
                return OpenBlkdebug(options, opening, isWritable);
            case "throttle":
                return OpenThrottle(options, opening, isWritable);
            case "raw":
                ImageOpening plain = GenericNodeOptions.Take(options, opening);
                ulong offset = options.TakeSize("offset") ?? 0;
                ulong? size = options.TakeSize("size");
                IStorage whole = Open(options.TakeChild("file"), plain, isWritable);
                RequireNothingLeft(driver, options);
                ulong rest = whole.Length - Math.Min(offset, whole.Length);
                return new StorageSlice(whole, new HostRange(offset, size ?? rest), ownsWhole: true);
            default:
                ImageFiles.Formats.Find(driver);
                throw new ImageException($"A '{driver}' image cannot stand under another node");
        }
    }

    /// <summary>Refuses options that nobody has taken.</summary>
    public static void RequireNothingLeft(string driver, NodeOptions options)
    {
        if (options.Rest.Keys.FirstOrDefault() is { } unknown)
        {
            throw new ImageException(IsProtocol(driver)
                ? $"Block protocol '{driver}' doesn't support the option '{unknown}'"
                : $"Block format '{driver}' does not support the option '{unknown}'");
        }
    }

    private static IStorage OpenFile(string name, NodeOptions options, ImageOpening opening, bool isWritable)
    {
        ImageOpening own = GenericNodeOptions.Take(options, opening);
        string? locking = options.TakeWord("locking", "on", "off", "auto");
        string? aio = options.TakeWord("aio", "threads", "native", "io_uring") ?? opening.Aio;
        RequireNothingLeft("file", options);
        own = own with { Aio = aio, IgnoresLocks = own.IgnoresLocks || locking == "off" };
        return ImageFiles.OpenFile(name, own, isWritable && !own.IsForcedReadOnly);
    }

    private static IStorage OpenNull(NodeOptions options, bool isWritable)
    {
        GenericNodeOptions.Take(options, new ImageOpening());
        ulong length = options.TakeSize("size") ?? NullBytes;
        ulong nanoseconds = options.TakeSize("latency-ns") ?? 0;
        bool isHole = options.TakeSwitch("read-zeroes", initial: false);
        RequireNothingLeft("null-co", options);
        NullStorage storage = new(length, "null-co://", isHole) { IsReadOnly = !isWritable };
        TimeSpan latency = TimeSpan.FromTicks((long)(nanoseconds / NanosecondsInTick));
        return nanoseconds > 0
            ? new LatencyStorage(storage, new LatencyOptions { Read = latency, Write = latency, Flush = latency })
            : storage;
    }

    private static IStorage OpenBlkdebug(NodeOptions options, ImageOpening opening, bool isWritable)
    {
        GenericNodeOptions.Take(options, opening);
        BlkdebugRules rules = BlkdebugRules.Read(options);
        NodeOptions image = options.TakeChild("image");
        RequireNothingLeft("blkdebug", options);
        IStorage below = image.IsEmpty
            ? throw new ImageException("A block device must be specified for \"image\"")
            : Open(image, opening, isWritable);
        return new FaultStorage(below, rules.Judge);
    }

    private static IStorage OpenThrottle(NodeOptions options, ImageOpening opening, bool isWritable)
    {
        string id = options.Take("throttle-group") ?? throw new ImageException("Please specify a throttle group");
        ThrottleGroup group = opening.Objects.FindThrottleGroup(id)
            ?? throw new ImageException($"Throttle group '{id}' does not exist");
        ImageOpening own = GenericNodeOptions.Take(options, opening);
        IStorage below = Open(options.TakeChild("file"), own, isWritable);
        RequireNothingLeft("throttle", options);
        return new ThrottleStorage(below, group);
    }
}
