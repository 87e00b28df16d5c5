namespace BlockGen.Cli;

/// <summary>What the operands of <c>dd</c> ask for.</summary>
internal sealed record DdPlan(string Input, string Output, ulong BlockBytes, ulong? BlockCount, ulong SkippedBlocks)
{
    private const ulong UsualBlockBytes = 512;

    public static DdPlan Read(IReadOnlyList<string> operands)
    {
        Dictionary<string, string> values = [];
        Dictionary<string, ulong> numbers = [];
        foreach (string operand in operands)
        {
            string[] pair = operand.Split('=', 2);
            (string name, string value) = (pair[0], pair.Length == 2 ? pair[1] : "");
            bool isNumber = name is "bs" or "count" or "skip";
            if (pair.Length < 2 || !(isNumber || name is "if" or "of"))
            {
                throw new ToolException($"unrecognized operand {name}");
            }

            if (isNumber)
            {
                numbers[name] = name == "bs" ? Sizes.Parse(name, value, 1, int.MaxValue) : Sizes.Parse(name, value);
            }

            values[name] = value;
        }

        if (!values.TryGetValue("if", out string? input) || !values.TryGetValue("of", out string? output))
        {
            throw new ToolException("Must specify both input and output files");
        }

        return new DdPlan(
            input,
            output,
            numbers.GetValueOrDefault("bs", UsualBlockBytes),
            numbers.TryGetValue("count", out ulong count) ? count : null,
            numbers.GetValueOrDefault("skip"));
    }

    /// <summary>
    /// What is copied of a disk. As in QEMU's tool, blocks are counted from the start of the disk, skipped ones too.
    /// </summary>
    public GuestRange RangeOf(ulong diskBytes, out bool skipsTooMuch)
    {
        ulong end = diskBytes;
        if (BlockCount is { } count && count <= long.MaxValue / BlockBytes)
        {
            end = Math.Min(end, count * BlockBytes);
        }

        skipsTooMuch = SkippedBlocks > long.MaxValue / BlockBytes || SkippedBlocks * BlockBytes > end;
        ulong start = skipsTooMuch ? end : SkippedBlocks * BlockBytes;
        return new GuestRange(start, end - start);
    }
}
