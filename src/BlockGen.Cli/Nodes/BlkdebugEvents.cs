namespace BlockGen.Cli;

/// <summary>The events of <c>blkdebug</c> rules that can be told apart where they are met: at the file.</summary>
internal static class BlkdebugEvents
{
    /// <summary>The event that is always the case.</summary>
    public const string Always = "none";

    private static readonly string[] Reading = ["read_aio"];
    private static readonly string[] Writing = ["write_aio", "pwritev", "pwritev_done"];
    private static readonly string[] Zeroing = ["pwritev_zero", "pwritev_done"];
    private static readonly string[] Flushing = ["flush_to_os", "flush_to_disk"];

    // A format's own steps: what a request to its file is for cannot be told from the request.
    private static readonly string[] OfFormats =
    [
        "l1_update", "l1_grow_alloc_table", "l1_grow_write_table", "l1_grow_activate_table", "l2_load", "l2_update",
        "l2_update_compressed", "l2_alloc_cow_read", "l2_alloc_write", "read_backing_aio", "read_compressed",
        "write_compressed", "vmstate_load", "vmstate_save", "cow_read", "cow_write", "reftable_load", "reftable_grow",
        "reftable_update", "refblock_load", "refblock_update", "refblock_update_part", "refblock_alloc",
        "refblock_alloc_hookup", "refblock_alloc_write", "refblock_alloc_write_blocks", "refblock_alloc_write_table",
        "refblock_alloc_switch_table", "cluster_alloc", "cluster_alloc_bytes", "cluster_free", "pwritev_rmw_head",
        "pwritev_rmw_after_head", "pwritev_rmw_tail", "pwritev_rmw_after_tail", "empty_image_prepare",
        "l1_shrink_write_table", "l1_shrink_free_l2_clusters", "cor_write", "cluster_alloc_space",
    ];

    /// <summary>What happens with a request, in order.</summary>
    public static IReadOnlyList<string> Of(StorageOperation operation) => operation switch
    {
        StorageOperation.Read => Reading,
        StorageOperation.Write => Writing,
        StorageOperation.WriteZeroes => Zeroing,
        StorageOperation.Flush => Flushing,
        _ => [],
    };

    /// <summary>Throws <see cref="ImageException"/> for events that do not exist, or cannot be told.</summary>
    public static void Require(string name)
    {
        if (OfFormats.Contains(name))
        {
            throw new ImageException($"blkdebug event '{name}' is not supported");
        }

        if (name != Always && !Reading.Concat(Writing).Concat(Zeroing).Concat(Flushing).Contains(name))
        {
            throw new ImageException($"invalid parameter value: {name}");
        }
    }
}
