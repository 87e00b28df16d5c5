using System.Globalization;

namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>The random disks and guests to try: <c>BLOCKGEN_SEEDS</c> of them, 40 when it does not say.</summary>
internal static class Seeds
{
    private const int Usual = 40;

    public static TheoryData<int> All
    {
        get
        {
            string? asked = Environment.GetEnvironmentVariable("BLOCKGEN_SEEDS");
            int count = string.IsNullOrEmpty(asked) ? Usual : int.Parse(asked, CultureInfo.InvariantCulture);
            return [.. Enumerable.Range(1, count)];
        }
    }
}
