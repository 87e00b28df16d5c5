namespace BlockGen.Cli;

/// <summary>Which tool the program is, by the name it was started under.</summary>
/// <param name="Text">What messages begin with.</param>
/// <param name="Role">Which commands there are.</param>
internal sealed record ToolName(string Text, ToolRole Role)
{
    // Scripts look at the number to know which options there are: these are the ones of 7.2.
    private const string QemuVersion = "7.2.0";

    public static ToolName Blockgen { get; } = new("blockgen", ToolRole.Blockgen);

    public static ToolName QemuImg { get; } = new("qemu-img", ToolRole.QemuImg);

    public static ToolName QemuStorageDaemon { get; } = new("qemu-storage-daemon", ToolRole.QemuStorageDaemon);

    public static ToolName QemuIo { get; } = new("qemu-io", ToolRole.QemuIo);

    public static ToolName QemuNbd { get; } = new("qemu-nbd", ToolRole.QemuNbd);

    /// <summary>The line of <c>--version</c>.</summary>
    public string Version => Role == ToolRole.Blockgen
        ? $"{Text} version {ToolVersion.Text}"
        : $"{Text} version {QemuVersion} (blockgen {ToolVersion.Text})";

    /// <summary>The tool of this process: a link to the program may make it one of QEMU's.</summary>
    public static ToolName OfProcess() =>
        Environment.GetCommandLineArgs() is [string program, ..] ? Of(program) : Blockgen;

    /// <summary>The tool that a program's path stands for.</summary>
    public static ToolName Of(string program) => Path.GetFileNameWithoutExtension(program) switch
    {
        "qemu-img" => QemuImg,
        "qemu-io" => QemuIo,
        "qemu-storage-daemon" => QemuStorageDaemon,
        "qemu-nbd" => QemuNbd,
        _ => Blockgen,
    };
}

/// <summary>Which commands a tool has.</summary>
internal enum ToolRole
{
    /// <summary>All of them.</summary>
    Blockgen,

    /// <summary>Those of qemu-img.</summary>
    QemuImg,

    /// <summary>No command before the options: single requests, as <c>blockgen io</c>.</summary>
    QemuIo,

    /// <summary>No command before the options: <c>blockgen daemon</c>.</summary>
    QemuStorageDaemon,

    /// <summary>No command before the options: a server, as <c>blockgen nbd</c>.</summary>
    QemuNbd,
}
