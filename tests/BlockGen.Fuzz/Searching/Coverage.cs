using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace BlockGen.Fuzz;

/// <summary>Which branches the instrumented assemblies have taken, and how often, in steps of two.</summary>
internal sealed unsafe class Coverage
{
    private const int MapBytes = 1 << 16;

    // Instrumented code counts as long as the process lives.
    private static readonly byte* s_map = (byte*)NativeMemory.AllocZeroed(MapBytes);

    private readonly byte[] _seen = new byte[MapBytes]; // a bit for each step

    /// <summary>Branches seen so far.</summary>
    public int BranchCount { get; private set; }

    /// <summary>Gives instrumented code, which cannot run without, a place to count.</summary>
    [ModuleInitializer]
    public static void Start() => Trace.SharedMem = s_map;

    /// <summary>Forgets the counts of the last run.</summary>
    public void Clear()
    {
        new Span<byte>(s_map, MapBytes).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last run took a branch, or took one so often, as none before it.</summary>
    public bool HasNews()
    {
        bool hasNews = false;
        ReadOnlySpan<ulong> words = new(s_map, MapBytes / sizeof(ulong));
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] != 0)
            {
                hasNews |= Merge(word * sizeof(ulong));
            }
        }

        return hasNews;
    }

    private bool Merge(int start)
    {
        bool hasNews = false;
        for (int branch = start; branch < start + sizeof(ulong); branch++)
        {
            int step = Step(s_map[branch]);
            if ((_seen[branch] & step) != step)
            {
                BranchCount += _seen[branch] == 0 ? 1 : 0;
                _seen[branch] |= (byte)step;
                hasNews = true;
            }
        }

        return hasNews;
    }

    private static int Step(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
