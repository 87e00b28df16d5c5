using System.Globalization;
using System.Text.Json;

namespace BlockGen.Monitor;

/// <summary>Checks values against their types, in QEMU's order and words.</summary>
/// <param name="acceptsText">
/// Whether numbers, switches and lists may be text, as on a command line.
/// </param>
internal sealed class QmpValidation(bool acceptsText)
{
    /// <summary>The arguments of a command.</summary>
    /// <exception cref="QmpException">One is missing, unexpected, or of another type.</exception>
    public static void Check(QmpObject type, JsonElement arguments, bool acceptsText = false) =>
        new QmpValidation(acceptsText).CheckObject(type, arguments, "");

    private void CheckValue(QmpType type, JsonElement value, string name, string path)
    {
        switch (type)
        {
            case QmpBuiltin builtin when !Fits(builtin, value):
                throw QmpException.BadType(path, builtin.Expected);
            case QmpEnum words when value.ValueKind != JsonValueKind.String:
                throw QmpException.BadType(path, "string");
            case QmpEnum words when !words.Values.Contains(value.GetString()!):
                throw QmpException.BadValue(name, value.GetString()!);
            case QmpArray when value.ValueKind != JsonValueKind.Array:
                throw QmpException.BadType(path, "array");
            case QmpArray list:
                int at = 0;
                foreach (JsonElement element in value.EnumerateArray())
                {
                    string place = $"{path}[{at++}]";
                    CheckValue(list.Element, element, place, place);
                }

                break;
            case QmpObject when value.ValueKind != JsonValueKind.Object:
                throw QmpException.BadType(path, "object");
            case QmpObject members:
                CheckObject(members, value, $"{path}.");
                break;
            case QmpAlternate alternate:
                QmpType choice = alternate.Choices().FirstOrDefault(candidate => IsKindOf(candidate, value))
                    ?? throw QmpException.BadType(path, alternate.Name);
                CheckValue(choice, value, name, path);
                break;
            default:
                break;
        }
    }

    private void CheckObject(QmpObject type, JsonElement value, string prefix)
    {
        HashSet<string> known = [];
        CheckMembers(type.Members, value, prefix, known);
        if (type.Tag is { } tag && value.TryGetProperty(tag, out JsonElement tagValue)
            && type.Variants().TryGetValue(tagValue.GetString()!, out QmpObject? variant))
        {
            CheckMembers(variant.Members, value, prefix, known);
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw QmpException.Unexpected(prefix + property.Name);
            }
        }
    }

    private void CheckMembers(
        IReadOnlyList<QmpMember> members, JsonElement value, string prefix, HashSet<string> known)
    {
        foreach (QmpMember member in members)
        {
            known.Add(member.Name);
            if (value.TryGetProperty(member.Name, out JsonElement content))
            {
                CheckValue(member.Type, content, member.Name, prefix + member.Name);
            }
            else if (!member.IsOptional)
            {
                throw QmpException.Missing(prefix + member.Name);
            }
        }
    }

    private bool Fits(QmpBuiltin type, JsonElement value) => type.JsonName switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            || (acceptsText && value.ValueKind is JsonValueKind.String && value.GetString() is "on" or "off"),
        "int" => (value.ValueKind is JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)))
            || (acceptsText && IsNumberText(value)),
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => true,
    };

    private bool IsKindOf(QmpType type, JsonElement value) => type switch
    {
        QmpBuiltin builtin => Fits(builtin, value),
        QmpEnum => value.ValueKind is JsonValueKind.String,
        QmpArray => value.ValueKind is JsonValueKind.Array,
        _ => value.ValueKind is JsonValueKind.Object,
    };

    private static bool IsNumberText(JsonElement value) => value.ValueKind is JsonValueKind.String
        && (long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || SizeText.TryParse(value.GetString()!, out _));
}
