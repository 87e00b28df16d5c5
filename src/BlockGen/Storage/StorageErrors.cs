using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>The errors storages throw, and how to tell them apart.</summary>
public static class StorageErrors
{
    private const int InputOutputCode = 5; // EIO
    private const int FileTooLargeCode = 27; // EFBIG
    private const int NoSpaceCode = 28; // ENOSPC
    private const int ReadOnlyCode = 30; // EROFS
    private const int QuotaCode = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int LargestSystemCode = 4095;

    /// <summary>Whether a request failed because the storage, or the user's share of it, is full.</summary>
    public static bool IsNoSpace(IOException error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException { HResult: NoSpaceCode or QuotaCode or WindowsDiskFull or WindowsHandleDiskFull })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An error that <see cref="IsNoSpace"/> recognises.</summary>
    /// <param name="name">The storage's name.</param>
    /// <param name="problem">What did not fit.</param>
    public static IOException NoSpace(string name, string problem) =>
        new($"{name}: {problem}: No space left on device", NoSpaceCode);

    /// <summary>The error of a device that failed.</summary>
    /// <param name="name">The storage's name.</param>
    /// <param name="problem">What was asked of it.</param>
    public static IOException InputOutput(string name, string problem) =>
        new($"{name}: {problem}: Input/output error", InputOutputCode);

    internal static IOException ReadOnly(string name, string operation) =>
        new($"{name}: {operation} refused: the storage is read-only", ReadOnlyCode);

    internal static IOException PastLargestOffset(string name, string operation, ulong offset, ulong length) =>
        new(
            $"{name}: {Describe(operation, offset, length)}: ends past the largest offset 0x{long.MaxValue:x}",
            FileTooLargeCode);

    internal static string Describe(string operation, ulong offset, ulong length) =>
        $"{operation} of {length} bytes at 0x{offset:x}";

    /// <summary>Whether an exception out of a call with good arguments is the operating system's answer.</summary>
    internal static bool IsSystemError(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>The operating system's answer with the request it answers.</summary>
    internal static IOException Wrap(Exception error, string name, string operation, ulong offset, ulong length) =>
        Wrap(error, name, Describe(operation, offset, length));

    /// <summary>The operating system's answer with the request it answers.</summary>
    internal static IOException Wrap(Exception error, string name, string request)
    {
        // The runtime reports a file that is too large for its file system as an argument out of range.
        int code = error is ArgumentOutOfRangeException ? FileTooLargeCode : error.HResult;
        string message = code is > 0 and <= LargestSystemCode ? Marshal.GetPInvokeErrorMessage(code) : error.Message;
        return new IOException($"{name}: {request}: {message}", error) { HResult = code };
    }

    /// <summary>The operating system's answer to a direct call.</summary>
    internal static IOException FromSystem(int code, string name, string request) =>
        new($"{name}: {request}: {Marshal.GetPInvokeErrorMessage(code)}", code);
}
