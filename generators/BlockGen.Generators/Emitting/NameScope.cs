using System.Globalization;

namespace BlockGen.Generators;

/// <summary>
/// The names a generated file may use: short ones, with the using directives they need, or fully qualified where the
/// author's code gives the short one another meaning.
/// </summary>
internal sealed class NameScope(DeclaredType type)
{
    private readonly SortedSet<string> _namespaces = new(UsingOrder.Instance);

    /// <summary>A word of the vocabulary as this file says it.</summary>
    public string this[string name]
    {
        get
        {
            string home = Vocabulary.Namespaces[name];
            if (type.Shadowed.Contains(name))
            {
                string suffix = name is "GeneratedCode" or "MethodImpl" ? "Attribute" : "";
                return $"global::{home}.{name}{suffix}";
            }

            if (type.Namespace != home && !type.Namespace.StartsWith(home + ".", StringComparison.Ordinal))
            {
                _namespaces.Add(home);
            }

            return name;
        }
    }

    /// <summary>The using directives that the names asked for so far need.</summary>
    public IEnumerable<string> Namespaces => _namespaces;

    private sealed class UsingOrder : IComparer<string>
    {
        public static UsingOrder Instance { get; } = new();

        public int Compare(string? left, string? right)
        {
            int system = IsSystem(right).CompareTo(IsSystem(left));
            return system != 0 ? system : string.Compare(left, right, false, CultureInfo.InvariantCulture);
        }

        private static bool IsSystem(string? name) =>
            name == "System" || name?.StartsWith("System.", StringComparison.Ordinal) == true;
    }
}
