internal static class Geometry
{
    public static ulong Rounded(BinaryReader reader, ulong at)
    {
        uint unit = reader.ReadUInt32();
        if (unit == 0)
        {
            throw new InvalidDataException("the unit is zero");
        }

        return at / unit * unit;
    }

    public static ulong Odd(BinaryReader reader, ulong at) => at % (reader.ReadUInt32() | 1);

    public static ulong Power(BinaryReader reader, ulong at)
    {
        uint unit = reader.ReadUInt32();
        return System.Numerics.BitOperations.IsPow2(unit) ? at / unit : at;
    }
}
