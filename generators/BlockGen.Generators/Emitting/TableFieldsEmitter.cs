namespace BlockGen.Generators;

/// <summary>Writes what a driver with tables holds, and how it is set up.</summary>
internal static class TableFieldsEmitter
{
    public static void WriteFields(
        IndentedWriter writer, NameScope names, ImageModel model, LookupModel.Tables tables)
    {
        if (model.Members.ReferenceCounts is not null)
        {
            writer.Line($"private readonly {names["ReferenceCounts"]} _counts;");
        }

        string level = names["TableLevel"];
        if (tables.RootEntry is not null)
        {
            writer.Line($"private readonly {level}<{tables.RootEntry}> _rootLevel;");
        }

        writer.Line($"private readonly {level}<{tables.LeafEntry}> _leafLevel;");
        writer.Line(IsMovable(model) ? "private ulong _firstTable; // Volatile" : "private readonly ulong _firstTable;");
        writer.Line("private readonly int _clusterShift;");
        if (tables.RootEntry is not null)
        {
            writer.Line("private readonly int _leafShift;");
            writer.Line("private readonly ulong _leafMask;");
        }
    }

    /// <summary>Whether a root table of its own length can move to another place, where its space is counted.</summary>
    public static bool IsMovable(ImageModel model) =>
        model.Members.RootTableBytes is not null && model.Members.ReferenceCounts is not null;

    /// <summary>The constructor's body.</summary>
    public static void WriteSetUp(IndentedWriter writer, NameScope names, ImageModel model, LookupModel.Tables tables)
    {
        ImageMembers members = model.Members;
        string dataStart = members.DataStart is { } start ? $"{start}.Value"
            : tables.AlignedFrom ?? tables.UnitBase ?? $"(ulong){model.Header}.Size";
        string alignment = tables.AlignedTo
            ?? (tables.AlignedFrom is null ? tables.UnitBytes : null)
            ?? members.ClusterSize!;
        writer.Line($"Geometry = new {names["ImageGeometry"]}(");
        writer.Indented(() =>
        {
            writer.Line($"Length: {members.GuestSize},");
            writer.Line($"ClusterBytes: {members.ClusterSize},");
            writer.Line($"DataStart: {dataStart},");
            writer.Line($"TablesStart: {dataStart},");
            writer.Line($"UnitBase: {tables.AlignedFrom ?? tables.UnitBase ?? "0"},");
            writer.Line($"Alignment: {alignment});");
        });
        string units = tables.UnitBase is null && tables.UnitBytes is null
            ? $"{names["EntryUnits"]}.ByteOffsets"
            : $"new {names["EntryUnits"]}({tables.UnitBase ?? "0"}, {tables.UnitBytes ?? "1"})";
        string bytes = members.TableBytes ?? $"GuestClusterCount * (ulong){tables.LeafEntry}.Size";
        writer.Line();
        writer.Line($"{names["EntryUnits"]} units = {units};");
        writer.Line($"ulong tableBytes = {bytes};");
        WriteLevel("_leafLevel", tables.LeafEntry, "Leaf", "tableBytes");
        if (tables.RootEntry is not null)
        {
            WriteLevel("_rootLevel", tables.RootEntry, "Root", members.RootTableBytes ?? "tableBytes");
        }

        writer.Line($"_firstTable = {tables.Root};");
        writer.Line("_clusterShift = Geometry.ClusterShift;");
        if (tables.RootEntry is not null)
        {
            writer.Line($"_leafShift = {names["BitOperations"]}.Log2(_leafLevel.EntryCount);");
            writer.Line("_leafMask = _leafLevel.EntryCount - 1;");
        }

        if (members.ReferenceCounts is { } counts)
        {
            writer.Line("_leafLevel.Replaced = OnReplaced;");
            writer.Line($"_counts = {counts}();");
        }

        // A table as long as the disk needs covers it.
        if (members.TableBytes is not null)
        {
            string roots = tables.RootEntry is null ? "" : "_rootLevel.EntryCount, ";
            writer.Line($"CheckCoverage({roots}_leafLevel.EntryCount);");
        }

        void WriteLevel(string field, string entry, string role, string bytes) => writer.Breakable(
            $"{field} =",
            $"new {names["TableLevel"]}<{entry}>("
            + $"Tables, {names["TableRole"]}.{role}, {bytes}, units, Geometry.ClusterBytes);");
    }
}
