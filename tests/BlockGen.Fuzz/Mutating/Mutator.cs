namespace BlockGen.Fuzz;

/// <summary>Changes files where it hurts: in declared fields and table entries, at their ends, and anywhere.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostFileBytes = 4 << 20;

    private readonly NumberMutator _numbers = new(random);

    /// <summary>A changed copy.</summary>
    /// <param name="file">The file.</param>
    /// <param name="places">Where it has numbers.</param>
    /// <param name="other">Another file of the format, to take pieces from.</param>
    public byte[] Mutate(byte[] file, FilePlaces places, byte[] other)
    {
        byte[] changed = [.. file];
        switch (random.Next(20))
        {
            case < 7 when places.Fields.Count > 0:
                FieldLayout field = places.Fields[random.Next(places.Fields.Count)];
                _numbers.Change(changed, field.Offset, field.Size);
                return changed;
            case < 15 when places.Tables.Count > 0:
                ChangeEntry(changed, places.Tables[random.Next(places.Tables.Count)]);
                return changed;
            case < 17:
                ChangeBytes(changed);
                return changed;
            case < 18:
                return Resize(changed);
            default:
                Splice(changed, other);
                return changed;
        }
    }

    private void ChangeEntry(byte[] file, HostRange table)
    {
        int size = random.Next(3) == 0 ? sizeof(uint) : sizeof(ulong);
        int start = (int)Math.Min(table.Start.Value, (ulong)file.Length);
        int count = ((int)Math.Min(table.End, (ulong)file.Length) - start) / size;
        if (count <= 0)
        {
            return;
        }

        // The first entries are the ones that map something.
        int at = start + size * random.Next(random.Next(3) == 0 ? count : Math.Min(count, 16));
        int from = start + size * random.Next(Math.Min(count, 16));
        if (random.Next(3) == 0)
        {
            file.AsSpan(from, size).CopyTo(file.AsSpan(at));
        }
        else
        {
            _numbers.Change(file, at, size);
        }
    }

    private void ChangeBytes(byte[] file)
    {
        for (int left = random.Next(1, 4); left > 0 && file.Length > 0; left--)
        {
            int at = random.Next(random.Next(2) == 0 ? file.Length : Math.Min(file.Length, 1024));
            file[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(file[at] ^ 1 << random.Next(8));
        }
    }

    private byte[] Resize(byte[] file)
    {
        int unit = 1 << random.Next(17);
        int length = random.Next(3) switch
        {
            0 => random.Next(file.Length + 1),
            1 => file.Length / unit * unit,
            _ => Math.Min(file.Length + random.Next(8) * unit, MostFileBytes),
        };
        Array.Resize(ref file, length);
        return file;
    }

    private void Splice(byte[] file, byte[] other)
    {
        int length = random.Next(1, 1 << random.Next(1, 13));
        int unit = 1 << random.Next(13);
        int from = random.Next(other.Length + 1) / unit * unit;
        int to = random.Next(file.Length + 1) / unit * unit;
        length = Math.Min(length, Math.Min(other.Length - from, file.Length - to));
        other.AsSpan(from, length).CopyTo(file.AsSpan(to));
    }
}
