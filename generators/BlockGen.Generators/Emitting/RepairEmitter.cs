namespace BlockGen.Generators;

/// <summary>Writes how a repair changes one entry.</summary>
internal static class RepairEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, LookupModel.Tables tables)
    {
        const string Arguments = "Storage, at, kind, host, cancellation";
        writer.Line(
            $"""
            /// <inheritdoc/>
            protected override {names["ValueTask"]} StoreEntryAsync(
                {names["TableRole"]} role, {names["HostOffset"]} at, {names["MappingKind"]} kind, {names["HostOffset"]} host, {names["CancellationToken"]} cancellation) =>
            """);
        writer.Indented(() =>
        {
            if (tables.RootEntry is null)
            {
                writer.Line($"_leafLevel.StoreAsync({Arguments});");
                return;
            }

            writer.Line($"role is {names["TableRole"]}.Root");
            writer.Indented(() =>
            {
                writer.Line($"? _rootLevel.StoreAsync({Arguments})");
                writer.Line($": _leafLevel.StoreAsync({Arguments});");
            });
        });
    }
}
