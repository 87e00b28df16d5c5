using System.Globalization;

namespace BlockGen.Testing;

/// <summary>The random disks and guests to try: <c>BLOCKGEN_SEEDS</c> of them, 40 when it does not say.</summary>
internal static class Seeds
{
    private const int Usual = 40;

    public static int Count
    {
        get
        {
            string? asked = Environment.GetEnvironmentVariable("BLOCKGEN_SEEDS");
            return string.IsNullOrEmpty(asked) ? Usual : int.Parse(asked, CultureInfo.InvariantCulture);
        }
    }
}
