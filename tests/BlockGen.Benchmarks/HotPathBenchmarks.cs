using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using BlockGen.Drivers.Qed;

namespace BlockGen.Benchmarks;

/// <summary>
/// Requests that hit allocated data with the tables in memory: what the framework costs above the copy itself.
/// </summary>
[MemoryDiagnoser, MinColumn]
public class HotPathBenchmarks
{
    private const int RequestBytes = 4096;
    private const ulong DiskBytes = 4 << 20;

    private readonly byte[] _buffer = new byte[RequestBytes];
    private readonly MemoryStorage _memory = new();
    private QedImage _image = null!;
    private ulong _next;

    /// <summary>Allocates the whole disk.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _image = await Images.QedAsync(new MemoryStorage(), DiskBytes);
        byte[] data = new byte[1 << 20];
        new Random(1).NextBytes(data);
        for (ulong at = 0; at < DiskBytes; at += (ulong)data.Length)
        {
            await _image.WriteAsync(new GuestOffset(at), data, CancellationToken.None);
            await _memory.WriteAsync(new HostOffset(at), data, CancellationToken.None);
        }
    }

    /// <summary>The copy itself.</summary>
    [Benchmark(Baseline = true)]
    public ValueTask ReadStorage() => _memory.ReadAsync(new HostOffset(Next()), _buffer, CancellationToken.None);

    /// <summary>The same through the image.</summary>
    [Benchmark]
    public ValueTask ReadImage() => _image.ReadAsync(new GuestOffset(Next()), _buffer, CancellationToken.None);

    /// <summary>The copy itself.</summary>
    [Benchmark]
    public ValueTask WriteStorage() => _memory.WriteAsync(new HostOffset(Next()), _buffer, CancellationToken.None);

    /// <summary>The same through the image.</summary>
    [Benchmark]
    public ValueTask WriteImage() => _image.WriteAsync(new GuestOffset(Next()), _buffer, CancellationToken.None);

    /// <summary>Where a guest offset is, with the tables in memory.</summary>
    [Benchmark]
    public bool TryMap() => TryMap(_image, new GuestRange(new GuestOffset(Next()), RequestBytes), out _);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "TryMap")]
    private static extern bool TryMap(QedImage image, GuestRange range, out Extent extent);

    private ulong Next() => _next = (_next + 20 * RequestBytes) % DiskBytes;
}
