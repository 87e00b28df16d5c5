using System.Text;

namespace BlockGen.Cli;

/// <summary>The options of a <c>secret</c> object.</summary>
internal static class SecretBytes
{
    /// <summary>The secret's bytes; what is wrong with the options is an <see cref="OptionException"/>.</summary>
    public static byte[] Read(Dictionary<string, string> values)
    {
        if (values.Keys.FirstOrDefault(name => name is not ("data" or "file" or "format")) is { } unknown)
        {
            throw new OptionException(unknown is "keyid" or "iv"
                ? $"Secrets encrypted with another secret ('{unknown}') are not supported"
                : $"Parameter '{unknown}' is unexpected");
        }

        string format = values.GetValueOrDefault("format", "raw");
        if (format is not ("raw" or "base64"))
        {
            throw new OptionException($"Parameter 'format' does not accept value '{format}'");
        }

        byte[] bytes = (values.GetValueOrDefault("data"), values.GetValueOrDefault("file")) switch
        {
            ({ }, { }) => throw new OptionException("'file' and 'data' are mutually exclusive"),
            (null, null) => throw new OptionException("Either 'file' or 'data' must be provided"),
            ({ } data, _) => Encoding.UTF8.GetBytes(data),
            (_, { } file) => ReadFile(file),
        };
        return format == "raw" ? bytes : Decode(bytes);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
                UnauthorizedAccessException => Directory.Exists(path) ? "Is a directory" : "Permission denied",
                _ => failure.Message,
            };
            throw new OptionException($"Unable to read {path}: Failed to open file “{path}”: {reason}");
        }
    }

    private static byte[] Decode(byte[] text)
    {
        try
        {
            return Convert.FromBase64String(Encoding.UTF8.GetString(text));
        }
        catch (FormatException)
        {
            throw new OptionException("Secret is not base64 text");
        }
    }
}
