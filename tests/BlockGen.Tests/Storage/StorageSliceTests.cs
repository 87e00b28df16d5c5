namespace BlockGen.Tests.Storage;

public sealed class StorageSliceTests
{
    [Fact]
    public async Task A_slice_touches_nothing_outside_of_it()
    {
        MemoryStorage whole = new([1, 2, 3, 4, 5, 6], "disk");
        StorageSlice slice = new(whole, new HostRange(2, 2));

        await slice.WriteAsync(new HostOffset(0), new byte[] { 8, 9 }, default);
        Assert.Equal([1, 2, 8, 9, 5, 6], whole.ToArray());

        await slice.DiscardAsync(new HostRange(1, 100), default);
        await slice.DiscardAsync(new HostRange(50, 100), default);
        Assert.Equal([1, 2, 8, 0, 5, 6], whole.ToArray());

        byte[] read = [7, 7, 7, 7];
        await slice.ReadAsync(new HostOffset(0), read, default);
        Assert.Equal([8, 0, 0, 0], read);
    }

    [Fact]
    public async Task What_ends_past_a_slice_is_refused_by_name()
    {
        StorageSlice slice = new(new MemoryStorage(100, "disk"), new HostRange(16, 16));

        IOException write = await Assert.ThrowsAsync<IOException>(
            async () => await slice.WriteAsync(new HostOffset(15), new byte[2], default));
        IOException zeroes = await Assert.ThrowsAsync<IOException>(
            async () => await slice.WriteZeroesAsync(new HostRange(17, 1), ZeroMode.MayUnmap, default));
        IOException length = await Assert.ThrowsAsync<IOException>(async () => await slice.SetLengthAsync(17, default));

        Assert.Equal(
            "disk[0x10, 0x20): write of 2 bytes at 0xf ends past its 16 bytes: No space left on device", write.Message);
        Assert.True(StorageErrors.IsNoSpace(zeroes));
        Assert.Equal("disk[0x10, 0x20): setting the length to 17 bytes: it is fixed at 16", length.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slice_closes_the_storage_under_it_only_when_it_owns_it(bool owns)
    {
        using TemporaryFolder folder = new();
        await using FileStorage file = FileStorage.Create(folder.PathOf("file"));
        StorageSlice slice = new(file, new HostRange(0, 16), owns);

        await slice.DisposeAsync();

        Exception? error = await Record.ExceptionAsync(
            async () => await file.WriteAsync(new HostOffset(0), new byte[1], default));
        Assert.Equal(owns, error is ObjectDisposedException);
    }
}
