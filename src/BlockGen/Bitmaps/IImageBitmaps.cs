namespace BlockGen;

/// <summary>The bitmaps that an image keeps inside itself: which parts of the disk were written since they were made.</summary>
/// <remarks>
/// Guests' writes wait while one is changed. After a crash the image has the bitmaps of before or of afterwards, and at
/// worst some space is lost until a repair. An image with bitmaps that record can be opened for writing only for its
/// metadata (<see cref="OpenOptions.MetadataOnly"/>): nothing here records what guests write. Bitmaps of a kind that is not
/// known are kept, and not shown.
/// </remarks>
public interface IImageBitmaps
{
    /// <summary>The bitmaps, in the order of the file.</summary>
    IReadOnlyList<ImageBitmap> All { get; }

    /// <summary>Makes an empty bitmap.</summary>
    /// <param name="name">What it is called; 1 to 1023 bytes.</param>
    /// <param name="granularityBytes">
    /// Bytes of the disk that one bit stands for: a power of two from 512 to 2 GiB; the format chooses when null.
    /// </param>
    /// <param name="isRecording">Whether writes are to be recorded in it.</param>
    /// <param name="cancellation">Cancels the waiting for guests' writes.</param>
    /// <exception cref="BitmapException">There is one of that name, or the format has no room for another.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask AddAsync(string name, ulong? granularityBytes, bool isRecording, CancellationToken cancellation);

    /// <summary>Deletes a bitmap, also an inconsistent one.</summary>
    /// <exception cref="BitmapException">There is none of that name.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask RemoveAsync(string name, CancellationToken cancellation);

    /// <summary>Empties a bitmap.</summary>
    /// <exception cref="BitmapException">There is none of that name, or it is inconsistent.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask ClearAsync(string name, CancellationToken cancellation);

    /// <summary>Says whether writes are to be recorded in a bitmap.</summary>
    /// <exception cref="BitmapException">There is none of that name, or it is inconsistent.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask SetRecordingAsync(string name, bool isRecording, CancellationToken cancellation);

    /// <summary>Reads the bits of a bitmap.</summary>
    /// <exception cref="BitmapException">There is none of that name, or it is inconsistent.</exception>
    /// <exception cref="ImageException">It is broken.</exception>
    ValueTask<BitmapBits> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Adds the bits of another bitmap to those of a bitmap.</summary>
    /// <exception cref="BitmapException">There is none of that name, it is inconsistent, or the disks differ in size.</exception>
    /// <exception cref="IOException">The image is read-only, or the storage failed.</exception>
    ValueTask MergeAsync(string name, BitmapBits source, CancellationToken cancellation);
}
