using System.Numerics;

namespace BlockGen;

/// <summary>The codecs of <see cref="DiskArray{T}"/> fields. Generated code is its main caller.</summary>
/// <remarks>
/// An array without elements is written as zeroes: it is what a structure made with <c>new()</c> holds.
/// </remarks>
public static class DiskArrays
{
    /// <summary>As many numbers as the field has room for.</summary>
    public static DiskArray<T> ReadNumbers<T>(ReadOnlySpan<byte> field, ByteOrder order)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int size = T.Zero.GetByteCount();
        T[] items = new T[field.Length / size];
        bool isUnsigned = T.IsZero(T.MinValue);
        for (int i = 0; i < items.Length; i++)
        {
            ReadOnlySpan<byte> item = field.Slice(i * size, size);
            items[i] = order is ByteOrder.Little
                ? T.ReadLittleEndian(item, isUnsigned)
                : T.ReadBigEndian(item, isUnsigned);
        }

        return new DiskArray<T>(items);
    }

    /// <summary>Stores the numbers.</summary>
    /// <exception cref="ArgumentException">There are not as many as the field has room for.</exception>
    public static void WriteNumbers<T>(Span<byte> field, DiskArray<T> array, ByteOrder order)
        where T : unmanaged, IBinaryInteger<T>
    {
        int size = T.Zero.GetByteCount();
        RequireCount(array, field.Length / size);
        for (int i = 0; i < field.Length / size; i++)
        {
            T item = array.Count == 0 ? T.Zero : array[i];
            if (order is ByteOrder.Little)
            {
                item.WriteLittleEndian(field[(i * size)..]);
            }
            else
            {
                item.WriteBigEndian(field[(i * size)..]);
            }
        }
    }

    /// <summary>As many host offsets as the field has room for.</summary>
    public static DiskArray<HostOffset> ReadHostOffsets(ReadOnlySpan<byte> field, ByteOrder order) =>
        new([.. ReadNumbers<ulong>(field, order).Select(value => new HostOffset(value))]);

    /// <summary>Stores the host offsets.</summary>
    /// <exception cref="ArgumentException">There are not as many as the field has room for.</exception>
    public static void WriteHostOffsets(Span<byte> field, DiskArray<HostOffset> array, ByteOrder order) =>
        WriteNumbers(field, new DiskArray<ulong>([.. array.Select(offset => offset.Value)]), order);

    /// <summary>As many identifiers as the field has room for.</summary>
    public static DiskArray<Guid> ReadGuids(ReadOnlySpan<byte> field, ByteOrder order)
    {
        Guid[] items = new Guid[field.Length / 16];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new Guid(field.Slice(i * 16, 16), order is ByteOrder.Big);
        }

        return new DiskArray<Guid>(items);
    }

    /// <summary>Stores the identifiers.</summary>
    /// <exception cref="ArgumentException">There are not as many as the field has room for.</exception>
    public static void WriteGuids(Span<byte> field, DiskArray<Guid> array, ByteOrder order)
    {
        RequireCount(array, field.Length / 16);
        for (int i = 0; i < field.Length / 16; i++)
        {
            Guid item = array.Count == 0 ? Guid.Empty : array[i];
            item.TryWriteBytes(field[(i * 16)..], order is ByteOrder.Big, out _);
        }
    }

    /// <summary>As many structures as the field has room for.</summary>
    public static DiskArray<T> ReadStructs<T>(ReadOnlySpan<byte> field)
        where T : struct, IDiskStruct<T>
    {
        T[] items = new T[field.Length / T.Size];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = T.Read(field[(i * T.Size)..]);
        }

        return new DiskArray<T>(items);
    }

    /// <summary>Stores the structures; their bytes that belong to no field keep their value.</summary>
    /// <exception cref="ArgumentException">There are not as many as the field has room for.</exception>
    public static void WriteStructs<T>(Span<byte> field, DiskArray<T> array)
        where T : struct, IDiskStruct<T>
    {
        RequireCount(array, field.Length / T.Size);
        for (int i = 0; i < field.Length / T.Size; i++)
        {
            T item = array.Count == 0 ? default : array[i];
            item.Write(field[(i * T.Size)..]);
        }
    }

    private static void RequireCount<T>(DiskArray<T> array, int count)
    {
        if (array.Count != 0 && array.Count != count)
        {
            throw new ArgumentException($"the array has {array.Count} elements; the field has {count}", nameof(array));
        }
    }
}
