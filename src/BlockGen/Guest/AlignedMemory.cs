using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>
/// Pinned memory whose address suits direct I/O; the garbage collector frees it, so no use is ever too late.
/// </summary>
internal sealed class AlignedMemory
{
    /// <summary>Allocates; the content is undefined.</summary>
    public AlignedMemory(int size, int alignment)
    {
        byte[] array = GC.AllocateUninitializedArray<byte>(size + alignment, pinned: true);
        nuint misalignment;
        unsafe
        {
            misalignment = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) % (nuint)alignment;
        }

        int start = misalignment == 0 ? 0 : alignment - (int)misalignment;
        Memory = array.AsMemory(start, size);
    }

    /// <summary>Bytes.</summary>
    public int Size => Memory.Length;

    /// <summary>The memory.</summary>
    public Memory<byte> Memory { get; }
}
