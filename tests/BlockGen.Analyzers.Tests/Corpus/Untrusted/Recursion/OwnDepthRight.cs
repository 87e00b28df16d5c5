internal static class Trees
{
    public static int Levels(int levels) => levels <= 0 ? 0 : 1 + Levels(levels - 1);
}
