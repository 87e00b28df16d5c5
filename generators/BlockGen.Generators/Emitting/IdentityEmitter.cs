namespace BlockGen.Generators;

/// <summary>Writes reads and writes that go to the storage as they are.</summary>
internal static class IdentityEmitter
{
    public static IEnumerable<Action> Members(IndentedWriter writer, NameScope names)
    {
        yield return () => writer.Line(
            $$"""
            /// <inheritdoc/>
            public override {{names["ValueTask"]}} ReadAsync(
                {{names["GuestOffset"]}} offset, {{names["GuestReadBuffer"]}} target, {{names["CancellationToken"]}} cancellation)
            {
                {{names["GuestRange"]}} range = CheckRange(offset, target.Length);
                return DataStorage.ReadAsync(new {{names["HostOffset"]}}(HostStart + range.Start.Value), target, cancellation);
            }
            """);
        yield return () => writer.Line(
            $$"""
            /// <inheritdoc/>
            public override {{names["ValueTask"]}} WriteAsync(
                {{names["GuestOffset"]}} offset, {{names["GuestWriteBuffer"]}} source, {{names["CancellationToken"]}} cancellation)
            {
                CheckWritable();
                {{names["GuestRange"]}} range = CheckRange(offset, source.Length);
                return DataStorage.WriteAsync(new {{names["HostOffset"]}}(HostStart + range.Start.Value), source, cancellation);
            }
            """);
    }
}
