namespace BlockGen.Generators;

/// <summary>Writes how a driver's images are described, opened and created.</summary>
internal static class ConstructionEmitter
{
    public static void WriteConstructor(IndentedWriter writer, NameScope names, ImageModel model)
    {
        string header = model.Header is null ? "" : $", {model.Header} header";
        string passed = model.Lookup is LookupModel.Tables ? ", header" : "";
        writer.Line($"private {model.Type.Name}({names["IStorage"]} storage, {names["OpenOptions"]} options{header})");
        writer.Indented(() => writer.Line($": base(storage, options{passed})"));
        writer.Line("{");
        writer.Indented(() =>
        {
            if (model.Lookup is not LookupModel.Tables && model.Header is not null)
            {
                writer.Line("Header = header;");
            }

            if (model.OpenOptions is { } opening)
            {
                writer.Line($"DriverOptions = {opening}.Parse(options.DriverOptions);");
            }

            switch (model.Lookup)
            {
                case LookupModel.Identity:
                    string start = model.Members.HostStart
                        ?? $"new {names["HostOffset"]}({(model.Header is null ? "0" : $"(ulong){model.Header}.Size")})";
                    writer.Line($"SetPlace({start}, {model.Members.GuestSize});");
                    break;
                case LookupModel.Method:
                    writer.Line($"SetSizes({model.Members.GuestSize}, {model.Members.ClusterSize ?? "0"});");
                    break;
                case LookupModel.Tables tables:
                    TableFieldsEmitter.WriteSetUp(writer, names, model, tables);
                    break;
            }
        });
        writer.Line("}");
    }

    public static IEnumerable<Action> Members(IndentedWriter writer, NameScope names, ImageModel model)
    {
        yield return () => WriteFormat(writer, names, model);
        yield return () => writer.Line(
            $"""
            /// <inheritdoc/>
            public override {names["ImageFormat"]} Driver => Format;
            """);
        if (model.Lookup is not LookupModel.Tables && model.Header is not null)
        {
            yield return () => writer.Line(
                $$"""
                /// <summary>The header, as it was when the image was opened.</summary>
                private {{model.Header}} Header { get; }
                """);
        }

        if (model.OpenOptions is { } opening)
        {
            yield return () => writer.Line(
                $$"""
                /// <summary>What the image was opened with.</summary>
                private {{opening}} DriverOptions { get; }
                """);
        }

        yield return () => WriteOpen(writer, names, model);
        if (model.Create is { } create)
        {
            yield return () => WriteCreate(writer, names, model, create);
        }
    }

    private static void WriteFormat(IndentedWriter writer, NameScope names, ImageModel model)
    {
        writer.Line("/// <inheritdoc/>");
        string head = $"public static {names["ImageFormat"]} Format {{ get; }} = new()";
        writer.Enclosed(head, "{", () =>
        {
            writer.Line($"Name = {Literal.Text(model.FormatName)},");
            writer.Line($"Summary = {Literal.Text(model.Summary)},");
            writer.Line($"Lookup = {Literal.Text(ImageEmitter.LookupWords(model))},");
            writer.Line($"WriteOrder = {Literal.Text(ImageEmitter.OrderWords(model))},");
            writer.Line($"HasBacking = {(model.HasBacking ? "true" : "false")},");
            if (model.HasBacking || model.UnallocatedIsNowhere)
            {
                writer.Line("UnallocatedIsNowhere = true,");
            }

            if (model.HidesClusters)
            {
                writer.Line("HidesClusters = true,");
            }

            if (model.TellsImageEnd)
            {
                writer.Line("TellsImageEnd = true,");
            }

            if (model.Members.CompressedEntry is not null)
            {
                writer.Line("CanCompress = true,");
            }

            writer.Line($"CanResize = {(model.Members.Resize is null ? "false" : "true")},");
            if (model.Header is not null)
            {
                writer.Line($"HeaderFields = {model.Header}.Fields,");
                writer.Line($"Recognizes = static start => {model.Header}.HasMagic(start.Span),");
            }

            writer.Line("OpenAsync = static async (storage, options, cancellation) =>");
            writer.Indented(() => writer.Line("await OpenAsync(storage, options, cancellation).ConfigureAwait(false),"));
            if (model.Create is { } create)
            {
                writer.Line($"CreateOptions = {create.Options}.Options,");
                if (create.Measure is { } measure)
                {
                    writer.Line($"Measure = static values => {measure}({create.Options}.Parse(values)),");
                }
                else if (!create.WritesFile && model.Header is null)
                {
                    writer.Line($"Measure = static values => new({create.Method}({create.Options}.Parse(values))),");
                }

                writer.Line("CreateAsync = static (storage, values, link, cancellation) =>");
                writer.Indented(() => writer.Line($"CreateAsync(storage, {create.Options}.Parse(values), link, cancellation),"));
            }
        }, "};");
    }

    private static void WriteOpen(IndentedWriter writer, NameScope names, ImageModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static async {names["ValueTask"]}<{model.Type.Name}> OpenAsync(");
        writer.Indented(() => writer.Line(
            $"{names["IStorage"]} storage, {names["OpenOptions"]} options, {names["CancellationToken"]} cancellation)"));
        writer.Line("{");
        writer.Indented(() =>
        {
            writer.Line($"{names["ArgumentNullException"]}.ThrowIfNull(storage);");
            writer.Line($"{names["ArgumentNullException"]}.ThrowIfNull(options);");
            string argument = "";
            if (model.Header is not null)
            {
                argument = ", header";
                writer.Breakable(
                    $"{model.Header} header =",
                    $"await {names["HeaderReader"]}.ReadAsync<{model.Header}>(storage, cancellation).ConfigureAwait(false);");
            }

            writer.Line($"{model.Type.Name} image = new(storage, options{argument});");
            if (model.Lookup is LookupModel.Tables)
            {
                writer.Line("image.CheckFirstTable(image._firstTable, image.FirstTableBytes);");
            }

            if (model.Members.Opening is { } reading)
            {
                writer.Line($"await image.{reading}(cancellation).ConfigureAwait(false);");
            }

            if (model.Lookup is LookupModel.Tables || model.HasBacking)
            {
                writer.Line("await image.FinishOpeningAsync(cancellation).ConfigureAwait(false);");
            }
            else if (model.Header is null && model.Members.Opening is null)
            {
                writer.Line($"await {names["ValueTask"]}.CompletedTask.ConfigureAwait(false);");
            }

            writer.Line("return image;");
        });
        writer.Line("}");
    }

    private static void WriteCreate(IndentedWriter writer, NameScope names, ImageModel model, CreateModel create)
    {
        writer.Line(
            """
            /// <summary>Makes a new image out of a storage; what it held is lost.</summary>
            /// <param name="storage">Becomes the image. Stays the caller's.</param>
            /// <param name="options">What the image is like.</param>
            /// <param name="link">The backing link to write; null for none.</param>
            /// <param name="cancellation">Cancels; the storage then holds no valid image.</param>
            """);
        writer.Line($"public static async {names["ValueTask"]} CreateAsync(");
        writer.Indented(() => writer.Line(
            $"{names["IStorage"]} storage, {create.Options} options, {names["BackingLink"]}? link, {names["CancellationToken"]} cancellation)"));
        writer.Line("{");
        writer.Indented(() =>
        {
            writer.Line($"{names["ArgumentNullException"]}.ThrowIfNull(storage);");
            writer.Line($"{names["ArgumentNullException"]}.ThrowIfNull(options);");
            if (create.WritesFile)
            {
                writer.Block("if (link is not null)", () => writer.Line(
                    $"throw new {names["NotSupportedException"]}($\"{{storage.Name}}: the format has no backing files\");"));
                writer.Line();
                writer.Line($"await {create.Method}(storage, options, cancellation).ConfigureAwait(false);");
                return;
            }

            string modes = names["Preallocation"];
            writer.Line($"{modes} preallocation = {Preallocation(model, create, modes)};");
            if (model.Lookup is LookupModel.Tables)
            {
                writer.Line($"{model.Type.Name} image = new(storage, new {names["OpenOptions"]}(), {create.Method}(options));");
                writer.Line("await image.InitializeAsync(link, preallocation, cancellation).ConfigureAwait(false);");
                if (create.Creating is { } creating)
                {
                    writer.Line($"await image.{creating}(options, cancellation).ConfigureAwait(false);");
                }
            }
            else
            {
                string bytes = model.Header is null ? $"{create.Method}(options)" : "0";
                writer.Line($"ulong bytes = {bytes};");
                writer.Line("await InitializeAsync(storage, bytes, link, preallocation, cancellation).ConfigureAwait(false);");
            }
        });
        writer.Line("}");
    }

    private static string Preallocation(ImageModel model, CreateModel create, string modes) => create switch
    {
        { Preallocate: null } => $"{modes}.Off",
        { HasModes: true } => $"options.{create.Preallocate}",
        _ when model.Lookup is LookupModel.Tables => $"options.{create.Preallocate} ? {modes}.Metadata : {modes}.Off",
        _ => $"options.{create.Preallocate} ? {modes}.Falloc : {modes}.Off",
    };
}
