using System.Reflection;

namespace BlockGen.Tests.Guest;

public sealed class GuestBufferTests
{
    [Fact]
    public void A_read_buffer_is_filled_through_its_slices()
    {
        byte[] memory = [1, 1, 1, 1, 1, 1];
        GuestReadBuffer buffer = memory;

        buffer.Slice(1, 2).Fill([7, 8]);
        buffer.Slice(4).Clear();

        Assert.Equal([1, 7, 8, 1, 0, 0], memory);
        Assert.Equal(2, buffer.Slice(4).Length);
    }

    [Fact]
    public void A_write_buffer_is_copied_to_memory_the_guest_cannot_reach()
    {
        byte[] memory = [1, 2, 3, 4];
        GuestWriteBuffer buffer = memory;
        using BouncePool pool = new(4096);
        using BounceBuffer bounce = pool.TryRent(10)!;
        bounce.Memory.Span.Clear();

        buffer.Slice(1, 2).CopyTo(bounce, 5);
        memory.AsSpan().Fill(9);

        Assert.Equal([0, 0, 0, 0, 0, 2, 3, 0, 0, 0], bounce.Memory.ToArray());
    }

    [Theory]
    [InlineData(typeof(GuestReadBuffer))]
    [InlineData(typeof(GuestWriteBuffer))]
    public void Only_a_member_that_says_so_hands_out_the_bytes(Type buffer)
    {
        IEnumerable<string> doors = buffer
            .GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .OfType<MethodInfo>()
            .Where(method => HandsOutBytes(method.ReturnType) || method.GetParameters().Any(IsTarget))
            .Select(method => method.Name);

        Assert.Equal(["DangerousGetMemory"], doors);
    }

    private static bool HandsOutBytes(Type type) =>
        type == typeof(Memory<byte>) || type == typeof(ReadOnlyMemory<byte>)
        || type == typeof(Span<byte>) || type == typeof(ReadOnlySpan<byte>) || type == typeof(byte[]);

    private static bool IsTarget(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(Memory<byte>) || parameter.ParameterType == typeof(Span<byte>)
        || parameter.ParameterType == typeof(byte[]);
}
