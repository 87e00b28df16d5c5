namespace BlockGen.Monitor;

/// <summary>A command that is refused or has failed: what the client is told.</summary>
/// <param name="description">One sentence for a person.</param>
/// <param name="errorClass">One of QEMU's error classes.</param>
internal sealed class QmpException(string description, string errorClass = QmpException.Generic)
    : Exception(description)
{
    public const string Generic = "GenericError";
    public const string CommandNotFound = "CommandNotFound";
    public const string DeviceNotFound = "DeviceNotFound";
    public const string DeviceNotActive = "DeviceNotActive";

    /// <summary>Its class; clients decide by it.</summary>
    public string ErrorClass { get; } = errorClass;

    public static QmpException Missing(string path) => new($"Parameter '{path}' is missing");

    public static QmpException Unexpected(string path) => new($"Parameter '{path}' is unexpected");

    public static QmpException BadValue(string name, string value) =>
        new($"Parameter '{name}' does not accept value '{value}'");

    public static QmpException BadType(string path, string expected) =>
        new($"Invalid parameter type for '{path}', expected: {expected}");

    /// <summary>What went wrong in images and storages, in the words their messages have.</summary>
    public static bool IsFailure(Exception exception) => exception
        is IOException or ImageException or OptionException or NotSupportedException or UnauthorizedAccessException
        or ArgumentException or InvalidOperationException;
}
