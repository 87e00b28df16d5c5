namespace BlockGen.Cli;

/// <summary>What a tour works with.</summary>
internal sealed record TourPlan
{
    /// <summary>Where it puts its images.</summary>
    public required string Folder { get; init; }

    /// <summary>What everything random follows from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Guests at work side by side.</summary>
    public int Guests { get; init; } = 8;

    /// <summary>What the way to the base carries.</summary>
    public ulong BytesPerSecond { get; init; } = SlowBase.UsualBytesPerSecond;

    /// <summary>Called with the finished image's path before it is verified: to see that damage is found.</summary>
    public Action<string>? BeforeVerifying { get; init; }

    public string BasePath => Path.Combine(Folder, "base.img");

    public string OverlayPath => Path.Combine(Folder, "overlay.qed");
}
