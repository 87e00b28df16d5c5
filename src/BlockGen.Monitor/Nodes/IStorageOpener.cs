namespace BlockGen.Monitor;

/// <summary>
/// Opens what lies under formats, and what backing files' names stand for. Failures are <see cref="ImageException"/>.
/// </summary>
public interface IStorageOpener
{
    /// <summary>The drivers of storages, and the options of each.</summary>
    IReadOnlyList<StorageDriver> Drivers { get; }

    /// <summary>Opens a storage.</summary>
    /// <param name="options">
    /// <c>driver</c> and the driver's options by name; those of a storage below it as <c>image.filename</c>.
    /// </param>
    /// <param name="isWritable">Whether it is written to.</param>
    IStorage Open(IReadOnlyDictionary<string, string> options, bool isWritable);

    /// <summary>Opens what a backing file's name stands for.</summary>
    IStorage OpenByName(string name, bool isWritable);

    /// <summary>Makes a file for an image, and empties one that exists.</summary>
    IStorage CreateFile(string name);

    /// <summary>The secret that options of images name; null when there is none of that name.</summary>
    Secret? FindSecret(string id);

    /// <summary>What a backing file's name stands for, seen from the image that names it.</summary>
    string Resolve(string overlayName, string name);
}

/// <summary>A driver that gives bytes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Options">Its own options.</param>
public sealed record StorageDriver(string Name, params IReadOnlyList<StorageOption> Options);

/// <summary>An option of a storage.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsRequired">Whether it must be given.</param>
public sealed record StorageOption(string Name, StorageOptionKind Kind, bool IsRequired = false);

/// <summary>What an option's values are.</summary>
public enum StorageOptionKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>On or off.</summary>
    Switch,

    /// <summary>Options of a storage below.</summary>
    Storage,

    /// <summary>Any number of objects.</summary>
    List,
}
