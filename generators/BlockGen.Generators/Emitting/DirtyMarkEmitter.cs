namespace BlockGen.Generators;

/// <summary>Writes how a header says that its image was not closed cleanly.</summary>
internal static class DirtyMarkEmitter
{
    public static void Write(IndentedWriter writer, ImageModel model, DirtyMarkModel mark)
    {
        bool isFlag = mark.Clean is null;
        string set = isFlag ? Combined($"Header.{mark.Field} | {mark.Flag}") : mark.Flag;
        string cleared = mark.Clean ?? Combined($"Header.{mark.Field} & ~{mark.Flag}");
        string isSet = isFlag ? $"(header.{mark.Field} & {mark.Flag}) != 0" : $"header.{mark.Field} == {mark.Flag}";
        CapabilityEmitter.Overriding(writer, $"bool HasDirtyMark({model.Header} header)", isSet);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {model.Header} HeaderWithDirtyMark(bool isDirty) => Header with");
        writer.Line("{");
        writer.Indented(() =>
        {
            writer.Line($"{mark.Field} = isDirty");
            writer.Indented(() =>
            {
                writer.Line($"? {set}");
                writer.Line($": {cleared},");
            });
        });
        writer.Line("};");

        string Combined(string value) => mark.Cast is null ? value : $"unchecked(({mark.Cast})({value}))";
    }
}
