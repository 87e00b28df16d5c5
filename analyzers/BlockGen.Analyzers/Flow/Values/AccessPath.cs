namespace BlockGen.Analyzers;

/// <summary>A place that holds a value: a variable, or a member of what a variable holds.</summary>
/// <param name="root">The local, parameter, capture, static field or, for <c>this</c>, type.</param>
/// <param name="members">The members from there on, each after a dot.</param>
internal sealed class AccessPath(object root, string members = "") : IEquatable<AccessPath>
{
    public object Root { get; } = root;

    public string Members { get; } = members;

    public AccessPath Member(string name) => new(Root, $"{Members}.{name}");

    /// <summary>Whether the other place is this one or a part of it.</summary>
    public bool Contains(AccessPath other) =>
        other.Root.Equals(Root)
        && other.Members.StartsWith(Members, StringComparison.Ordinal)
        && (other.Members.Length == Members.Length || other.Members[Members.Length] == '.');

    public bool Equals(AccessPath? other) =>
        other is not null && other.Root.Equals(Root) && other.Members == Members;

    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    public override int GetHashCode() => Root.GetHashCode() * 31 + StringComparer.Ordinal.GetHashCode(Members);
}
