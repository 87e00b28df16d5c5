using System.Text;

namespace BlockGen.Analyzers;

/// <summary>
/// One line of a table: a role and a member, "copy System.Span.CopyTo"; or the use of a parameter,
/// "allocation System.Buffers.ArrayPool.Rent(minimumLength)". A name may end in "*".
/// </summary>
/// <param name="Member">The member.</param>
/// <param name="Roles">What the line says of it.</param>
internal sealed record TableLine(string Member, MemberRoles Roles)
{
    private static readonly string[] s_roleWords = Words(typeof(MemberRole));
    private static readonly string[] s_useWords = Words(typeof(NumberUse));

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
        int role = Array.IndexOf(s_roleWords, words[0]);
        if (role >= 0)
        {
            return new TableLine(member[0], MemberRoles.Of((MemberRole)role));
        }

        int use = Array.IndexOf(s_useWords, words[0]);
        return use >= 0 && member.Length == 2
            ? new TableLine(
                member[0],
                MemberRoles.Of(member[1].Split(',').Select(name => new ParameterUse(name.Trim(), (NumberUse)use))))
            : null;
    }

    /// <summary>The names of an enum's members, "GuestRead" as "guest-read".</summary>
    private static string[] Words(Type names) =>
        [.. Enum.GetNames(names).Select(Word)];

    private static string Word(string name)
    {
        StringBuilder word = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
