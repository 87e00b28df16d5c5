namespace BlockGen.Cli;

/// <summary>Options that every node has: caching, discards, sharing, and being read-only.</summary>
internal static class GenericNodeOptions
{
    /// <summary>Takes them; the opening with what they say.</summary>
    public static ImageOpening Take(NodeOptions options, ImageOpening opening)
    {
        CacheMode cache = opening.Cache;
        cache = cache with
        {
            Direct = options.TakeSwitch("cache.direct", cache.Direct),
            IgnoreFlush = options.TakeSwitch("cache.no-flush", cache.IgnoreFlush),
        };
        bool isReadOnly = options.TakeSwitch("read-only", initial: false);
        options.TakeSwitch("auto-read-only", initial: false);
        bool isShared = options.TakeSwitch("force-share", initial: false);
        options.Take("node-name");
        string? discard = options.Take("discard");
        if (discard is not (null or "on" or "unmap" or "off" or "ignore"))
        {
            throw new ImageException("Invalid discard option");
        }

        string? zeroes = options.TakeWord("detect-zeroes", "off", "on", "unmap");
        if (zeroes == "unmap" && discard is not ("on" or "unmap"))
        {
            throw new ImageException(
                "setting detect-zeroes to unmap is not allowed without setting discard operation to unmap");
        }

        return opening with
        {
            Cache = cache,
            IgnoresLocks = opening.IgnoresLocks || isShared,
            IsForcedReadOnly = opening.IsForcedReadOnly || isReadOnly,
        };
    }
}
