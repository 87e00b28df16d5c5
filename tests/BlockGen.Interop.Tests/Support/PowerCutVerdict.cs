namespace BlockGen.Interop.Tests;

/// <summary>What QEMU says of an image whose power was cut while it was written.</summary>
internal static class PowerCutVerdict
{
    private const int LeaksOnly = 3;

    /// <summary>QEMU finds leaks at most, or repairs what its format allows a power cut to leave.</summary>
    public static async Task ExpectSoundAsync(string format, string file, PowerCutState state)
    {
        if (format == "qed")
        {
            (int exitCode, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", format, file);
            Assert.True(exitCode is 0 or LeaksOnly, $"{state}: {said}");
            return;
        }

        if (format == "qcow2")
        {
            await ExpectLeaksAtMostAsync(file, state);
            return;
        }

        if (format == "parallels")
        {
            await ExpectRepairedAsync(file, state);
            return;
        }

        await ExpectCountAheadAsync(file, state);
    }

    /// <summary>Counts may be too high, and lowering them is all there is to repair.</summary>
    private static async Task ExpectLeaksAtMostAsync(string file, PowerCutState state)
    {
        (int exitCode, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", "qcow2", file);
        Assert.True(exitCode is 0 or LeaksOnly, $"{state}: {said}");
        if (exitCode == LeaksOnly)
        {
            await Qemu.RunAsync("qemu-img", "", "check", "-r", "leaks", "-f", "qcow2", file);
            await Qemu.CheckCleanAsync("qcow2", file);
        }
    }

    /// <summary>
    /// The count in a VDI header is ahead of the map for a moment: never behind it, which would cost data. Nothing else
    /// is wrong with the image.
    /// </summary>
    private static async Task ExpectCountAheadAsync(string file, PowerCutState state)
    {
        (_, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", "vdi", file);
        Assert.All(
            said.Split('\n').Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)),
            line => Assert.StartsWith("ERROR: allocated blocks mismatch", line, StringComparison.Ordinal));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int blockCount = BitConverter.ToInt32(bytes, 384);
        uint[] map = [.. Enumerable.Range(0, blockCount).Select(i => BitConverter.ToUInt32(bytes, 512 + 4 * i))];
        uint end = map.Where(block => block < 0xfffffffe).Select(block => block + 1).DefaultIfEmpty(0U).Max();
        Assert.True(
            BitConverter.ToUInt32(bytes, 388) >= end && BitConverter.ToUInt32(bytes, 388) <= map.Length,
            $"{state}: {said}");
    }

    /// <summary>An image that was open is written again only once it is repaired; entries must not need any.</summary>
    private static async Task ExpectRepairedAsync(string file, PowerCutState state)
    {
        (int exitCode, string said) = await Qemu.RunAsync(
            "qemu-img", "", "check", "-r", "all", "-f", "parallels", file);
        Assert.True(exitCode == 0, $"{state}: {said}");
        Assert.All(said.Split('\n').Where(line => line.StartsWith("Repairing", StringComparison.Ordinal)), line =>
            Assert.Matches("image was not closed correctly|space leaked at the end of the image", line));
        await Qemu.CheckCleanAsync("parallels", file);
    }
}
