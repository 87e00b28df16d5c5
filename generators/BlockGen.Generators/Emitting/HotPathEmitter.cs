namespace BlockGen.Generators;

/// <summary>
/// Writes the reads and writes whose clusters are mapped and whose tables are in memory: no state machine.
/// </summary>
internal static class HotPathEmitter
{
    public static IEnumerable<Action> Members(IndentedWriter writer, NameScope names)
    {
        yield return () => WriteRead(writer, names);
        yield return () => WriteWrite(writer, names);
    }

    private static void WriteRead(IndentedWriter writer, NameScope names) => writer.Line(
        $$"""
        /// <inheritdoc/>
        public override {{names["ValueTask"]}} ReadAsync(
            {{names["GuestOffset"]}} offset, {{names["GuestReadBuffer"]}} target, {{names["CancellationToken"]}} cancellation)
        {
            {{names["GuestRange"]}} range = CheckRange(offset, target.Length);
            if (range.Length != 0
                && TryMap(range, out {{names["Extent"]}} extent)
                && extent.Kind is {{names["MappingKind"]}}.Data
                && extent.Length == range.Length)
            {
                return DataStorage.ReadAsync(extent.Host, target, cancellation);
            }

            return ReadSplitAsync(range, target, cancellation);
        }
        """);

    private static void WriteWrite(IndentedWriter writer, NameScope names) => writer.Line(
        $$"""
        /// <inheritdoc/>
        public override {{names["ValueTask"]}} WriteAsync(
            {{names["GuestOffset"]}} offset, {{names["GuestWriteBuffer"]}} source, {{names["CancellationToken"]}} cancellation)
        {
            {{names["GuestRange"]}} range = CheckRange(offset, source.Length);
            if (range.Length != 0
                && !IsReadOnly
                && Tracker.TryEnter(range, {{names["RangeAccess"]}}.GuestWrite, out {{names["RangeTicket"]}} ticket))
            {
                // Mapped under the ticket: while it is held nobody changes the mapping of this range.
                if (TryMap(range, out {{names["Extent"]}} extent)
                    && extent.TakesWrites
                    && extent.Length == range.Length)
                {
                    return WriteMappedAsync(ticket, extent.Host, source, cancellation);
                }

                ticket.Dispose();
            }

            return WriteSplitAsync(range, source, cancellation);
        }
        """);
}
