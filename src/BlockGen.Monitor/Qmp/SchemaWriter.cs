using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Describes commands, events and their types to clients, as <c>query-qmp-schema</c> does.</summary>
internal sealed class SchemaWriter
{
    private readonly JsonArray _entities = [];
    private readonly HashSet<string> _known = [];
    private readonly Queue<QmpType> _mentioned = new();

    /// <summary>What an entry looks like, as far as all of them have it.</summary>
    public static QmpObject InfoType { get; } = new(
        "SchemaInfo",
        new QmpMember("name", Qmp.Text),
        new QmpMember(
            "meta-type",
            new QmpEnum("SchemaMetaType", "builtin", "enum", "array", "object", "alternate", "command", "event")))
    {
        Tag = "meta-type",
        Variants = static () => Variants!,
    };

    private static readonly QmpObject MemberType = new(
        "SchemaInfoObjectMember",
        new QmpMember("name", Qmp.Text),
        new QmpMember("type", Qmp.Text),
        QmpMember.Optional("default", Qmp.Any));

    private static readonly QmpObject VariantType = new(
        "SchemaInfoObjectVariant", new QmpMember("case", Qmp.Text), new QmpMember("type", Qmp.Text));

    private static readonly QmpArray WordsType = new(Qmp.Text);

    private static readonly Dictionary<string, QmpObject> Variants = new()
    {
        ["builtin"] = new("SchemaInfoBuiltin", new QmpMember("json-type", Qmp.Text)),
        ["enum"] = new("SchemaInfoEnum", new QmpMember("values", WordsType)),
        ["array"] = new("SchemaInfoArray", new QmpMember("element-type", Qmp.Text)),
        ["object"] = new(
            "SchemaInfoObject",
            new QmpMember("members", new QmpArray(MemberType)),
            QmpMember.Optional("tag", Qmp.Text),
            QmpMember.Optional("variants", new QmpArray(VariantType))),
        ["alternate"] = new(
            "SchemaInfoAlternate",
            new QmpMember(
                "members", new QmpArray(new QmpObject("SchemaInfoAlternateMember", new QmpMember("type", Qmp.Text))))),
        ["command"] = new(
            "SchemaInfoCommand",
            new QmpMember("arg-type", Qmp.Text),
            new QmpMember("ret-type", Qmp.Text),
            QmpMember.Optional("allow-oob", Qmp.Flag)),
        ["event"] = new("SchemaInfoEvent", new QmpMember("arg-type", Qmp.Text)),
    };

    public static JsonArray Write(IEnumerable<QmpCommand> commands, IEnumerable<QmpEvent> events)
    {
        SchemaWriter writer = new();
        foreach (QmpCommand command in commands)
        {
            writer.Add(new JsonObject
            {
                ["name"] = command.Name,
                ["meta-type"] = "command",
                ["arg-type"] = writer.Mention(command.Arguments),
                ["ret-type"] = writer.Mention(command.Result),
            });
        }

        foreach (QmpEvent happening in events)
        {
            writer.Add(new JsonObject
            {
                ["name"] = happening.Name,
                ["meta-type"] = "event",
                ["arg-type"] = writer.Mention(happening.Data),
            });
        }

        while (writer._mentioned.TryDequeue(out QmpType? type))
        {
            writer.Add(writer.Describe(type));
        }

        return writer._entities;
    }

    private void Add(JsonNode entity) => _entities.Add(entity);

    private string Mention(QmpType type)
    {
        if (_known.Add(type.Name))
        {
            _mentioned.Enqueue(type);
        }

        return type.Name;
    }

    private JsonObject Describe(QmpType type)
    {
        JsonObject entry = new() { ["name"] = type.Name };
        switch (type)
        {
            case QmpBuiltin builtin:
                entry["meta-type"] = "builtin";
                entry["json-type"] = builtin.JsonName;
                break;
            case QmpEnum words:
                entry["meta-type"] = "enum";
                entry["values"] = new JsonArray([.. words.Values.Select(word => JsonValue.Create(word))]);
                break;
            case QmpArray list:
                entry["meta-type"] = "array";
                entry["element-type"] = Mention(list.Element);
                break;
            case QmpAlternate alternate:
                entry["meta-type"] = "alternate";
                entry["members"] = new JsonArray(
                    [.. alternate.Choices().Select(choice => new JsonObject { ["type"] = Mention(choice) })]);
                break;
            case QmpObject members:
                DescribeObject(members, entry);
                break;
            default:
                throw new InvalidOperationException($"the schema has no words for {type}");
        }

        return entry;
    }

    private void DescribeObject(QmpObject type, JsonObject entry)
    {
        entry["meta-type"] = "object";
        entry["members"] = new JsonArray([.. type.Members.Select(DescribeMember)]);
        if (type.Tag is { } tag)
        {
            entry["tag"] = tag;
            entry["variants"] = new JsonArray([.. type.Variants().Select(variant => new JsonObject
            {
                ["case"] = variant.Key,
                ["type"] = Mention(variant.Value),
            })]);
        }
    }

    private JsonObject DescribeMember(QmpMember member)
    {
        JsonObject entry = new() { ["name"] = member.Name, ["type"] = Mention(member.Type) };
        if (member.IsOptional)
        {
            entry["default"] = null;
        }

        return entry;
    }
}
