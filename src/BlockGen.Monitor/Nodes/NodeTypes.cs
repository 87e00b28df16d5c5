namespace BlockGen.Monitor;

/// <summary>The types of nodes' options, from the formats and storages that there are.</summary>
internal sealed class NodeTypes
{
    private static readonly QmpObject Cache = new(
        "BlockdevCacheOptions", QmpMember.Optional("direct", Qmp.Flag), QmpMember.Optional("no-flush", Qmp.Flag));

    private readonly Dictionary<string, QmpObject> _variants = [];
    private readonly Dictionary<string, QmpObject> _creations = [];

    public NodeTypes(FormatRegistry formats, IStorageOpener storages)
    {
        QmpEnum drivers = new(
            "BlockdevDriver",
            [
                .. storages.Drivers.Select(driver => driver.Name),
                .. formats.Formats.Select(format => format.Name),
            ]);
        Options = new QmpObject(
            "BlockdevOptions",
            new QmpMember("driver", drivers),
            QmpMember.Optional("node-name", Qmp.Text),
            QmpMember.Optional("discard", new QmpEnum("BlockdevDiscardOptions", "ignore", "unmap")),
            QmpMember.Optional("cache", Cache),
            QmpMember.Optional("read-only", Qmp.Flag),
            QmpMember.Optional("auto-read-only", Qmp.Flag),
            QmpMember.Optional("force-share", Qmp.Flag),
            QmpMember.Optional("detect-zeroes", new QmpEnum("BlockdevDetectZeroesOptions", "off", "on", "unmap")))
        {
            Tag = "driver",
            Variants = () => _variants,
        };
        Reference = new QmpAlternate("BlockdevRef", () => [Options, Qmp.Text]);
        ReferenceOrNull = new QmpAlternate("BlockdevRefOrNull", () => [Options, Qmp.Text, Qmp.Null]);
        AddStorages(storages);
        AddFormats(formats);
        Creation = new QmpObject(
            "BlockdevCreateOptions", new QmpMember("driver", new QmpEnum("BlockdevCreateDriver", [.. _creations.Keys])))
        {
            Tag = "driver",
            Variants = () => _creations,
        };
    }

    /// <summary>How a node is opened.</summary>
    public QmpObject Options { get; }

    /// <summary>A node's name, or how it is opened.</summary>
    public QmpAlternate Reference { get; }

    /// <summary>As above, or none.</summary>
    public QmpAlternate ReferenceOrNull { get; }

    /// <summary>How an image is made.</summary>
    public QmpObject Creation { get; }

    private void AddStorages(IStorageOpener storages)
    {
        foreach (StorageDriver driver in storages.Drivers)
        {
            _variants[driver.Name] = new QmpObject(
                $"BlockdevOptions{driver.Name}",
                [.. driver.Options.Select(option => new QmpMember(option.Name, TypeOf(option), !option.IsRequired))]);
        }

        _creations["file"] = new QmpObject(
            "BlockdevCreateOptionsFile", new QmpMember("filename", Qmp.Text), new QmpMember("size", Qmp.Integer));
    }

    private void AddFormats(FormatRegistry formats)
    {
        foreach (ImageFormat format in formats.Formats)
        {
            List<QmpMember> members = [new("file", Reference)];
            if (format.HasBacking)
            {
                members.Add(QmpMember.Optional("backing", ReferenceOrNull));
            }

            if (format.Name == "raw")
            {
                members.Add(QmpMember.Optional("offset", Qmp.Integer));
                members.Add(QmpMember.Optional("size", Qmp.Integer));
            }

            if (format.Name == "luks")
            {
                members.Add(QmpMember.Optional("key-secret", Qmp.Text));
            }

            _variants[format.Name] = new QmpObject($"BlockdevOptions{format.Name}", members);
            if (format.CreateAsync is not null)
            {
                _creations[format.Name] = CreationOf(format);
            }
        }
    }

    private QmpObject CreationOf(ImageFormat format)
    {
        List<QmpMember> members = [new("file", Reference), new("size", Qmp.Integer)];
        if (format.HasBacking)
        {
            members.Add(QmpMember.Optional("backing-file", Qmp.Text));
            members.Add(QmpMember.Optional("backing-fmt", Qmp.Text));
        }

        foreach (OptionInfo option in format.CreateOptions)
        {
            string name = CreationOptions.ToMemberName(option.Name);
            if (!members.Exists(member => member.Name == name))
            {
                members.Add(QmpMember.Optional(name, CreationOptions.TypeOf(option)));
            }
        }

        return new QmpObject($"BlockdevCreateOptions{format.Name}", members);
    }

    private QmpType TypeOf(StorageOption option) => option.Kind switch
    {
        StorageOptionKind.Number => Qmp.Integer,
        StorageOptionKind.Switch => Qmp.Flag,
        StorageOptionKind.Storage => Options,
        StorageOptionKind.List => new QmpArray(Qmp.Any),
        _ => Qmp.Text,
    };
}
