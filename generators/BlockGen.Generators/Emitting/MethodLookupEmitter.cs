namespace BlockGen.Generators;

/// <summary>Writes the call of a driver's own lookup.</summary>
internal static class MethodLookupEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, LookupModel.Method method) => writer.Line(
        $$"""
        /// <inheritdoc/>
        protected override {{names["ValueTask"]}}<{{names["Extent"]}}> LookUpExtentAsync(
            {{names["GuestRange"]}} range, {{names["CancellationToken"]}} cancellation) => {{method.Name}}(range, cancellation);
        """);
}
