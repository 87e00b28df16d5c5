using System.Collections.Immutable;

namespace BlockGen.Analyzers;

/// <summary>
/// One line of a table: a role and a member, "copy System.Span.CopyTo"; or the use of a parameter,
/// "allocation System.Buffers.ArrayPool.Rent(minimumLength)". A name may end in "*".
/// </summary>
/// <param name="Member">The member.</param>
/// <param name="Roles">What the line says of it.</param>
internal sealed record TableLine(string Member, MemberRoles Roles)
{
    private static readonly ImmutableDictionary<string, MemberRole> RoleWords = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        Enum.GetValues(typeof(MemberRole)).Cast<MemberRole>()
            .Select(role => new KeyValuePair<string, MemberRole>(Word(role.ToString()), role)));

    private static readonly ImmutableDictionary<string, NumberUse> UseWords = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        Enum.GetValues(typeof(NumberUse)).Cast<NumberUse>()
            .Select(use => new KeyValuePair<string, NumberUse>(Word(use.ToString()), use)));

    /// <summary>The lines of a text. Comments start with "#"; a line that says nothing known is left out.</summary>
    public static IEnumerable<TableLine> ReadAll(string text) =>
        text.Split('\n').Select(line => line.Split('#')[0].Trim()).Select(Read).OfType<TableLine>();

    private static TableLine? Read(string line)
    {
        string[] words = line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return null;
        }

        string[] member = words[1].Trim().TrimEnd(')').Split('(');
        if (RoleWords.TryGetValue(words[0], out MemberRole role))
        {
            return new TableLine(member[0], MemberRoles.None with { Roles = [role] });
        }

        return UseWords.TryGetValue(words[0], out NumberUse use) && member.Length == 2
            ? new TableLine(member[0], MemberRoles.None with
            {
                Uses = member[1].Split(',').ToImmutableDictionary(name => name.Trim(), _ => use),
            })
            : null;
    }

    /// <summary>"GuestRead" as "guest-read".</summary>
    private static string Word(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) && index > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
