namespace BlockGen;

/// <summary>A bitmap inside an image.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="GranularityBytes">Bytes of the disk that one bit stands for; a power of two.</param>
/// <param name="IsRecording">Whether writes are to be recorded in it.</param>
/// <param name="IsInconsistent">Whether its last user did not store it: what it says is not all.</param>
public sealed record ImageBitmap(string Name, ulong GranularityBytes, bool IsRecording, bool IsInconsistent);

/// <summary>A bitmap that is not there, cannot be used, or cannot be made. In qemu-img's words.</summary>
public sealed class BitmapException(string message) : ImageException(message);
