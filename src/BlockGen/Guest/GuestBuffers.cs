namespace BlockGen;

/// <summary>
/// What a guest asked to have filled. It can be filled and handed down to a storage read; it cannot be read back,
/// because the guest may change these bytes at any moment, even before its read completes.
/// </summary>
/// <remarks>Host memory converts to it for free.</remarks>
public readonly struct GuestReadBuffer(Memory<byte> memory)
{
    private readonly Memory<byte> _memory = memory;

    /// <summary>Bytes to be filled.</summary>
    public int Length => _memory.Length;

    /// <summary>The bytes from <paramref name="start"/> on.</summary>
    public GuestReadBuffer Slice(int start) => new(_memory[start..]);

    /// <summary>Some of the bytes.</summary>
    public GuestReadBuffer Slice(int start, int length) => new(_memory.Slice(start, length));

    /// <summary>Fills it with zeroes.</summary>
    public void Clear() => _memory.Span.Clear();

    /// <summary>Fills its beginning.</summary>
    public void Fill(ReadOnlySpan<byte> source) => source.CopyTo(_memory.Span);

    /// <summary>
    /// The memory itself, for the code that hands it to the operating system to be filled. Whoever reads it may see
    /// what the guest scribbled.
    /// </summary>
    public Memory<byte> DangerousGetMemory() => _memory;

    /// <summary>Host memory is guest memory that nobody scribbles on.</summary>
    public static implicit operator GuestReadBuffer(Memory<byte> memory) => new(memory);

    /// <summary>Host memory is guest memory that nobody scribbles on.</summary>
    public static implicit operator GuestReadBuffer(byte[] memory) => new(memory);
}

/// <summary>
/// What a guest asked to have stored. It can be handed down to a storage write, or copied once into a
/// <see cref="BounceBuffer"/>; it exposes no bytes, because two looks at them may differ.
/// </summary>
/// <remarks>Host memory converts to it for free.</remarks>
public readonly struct GuestWriteBuffer(ReadOnlyMemory<byte> memory)
{
    private readonly ReadOnlyMemory<byte> _memory = memory;

    /// <summary>Bytes to be stored.</summary>
    public int Length => _memory.Length;

    /// <summary>The bytes from <paramref name="start"/> on.</summary>
    public GuestWriteBuffer Slice(int start) => new(_memory[start..]);

    /// <summary>Some of the bytes.</summary>
    public GuestWriteBuffer Slice(int start, int length) => new(_memory.Slice(start, length));

    /// <summary>Copies the bytes, once, to memory the guest cannot reach.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="at">Byte in <paramref name="target"/> to start at.</param>
    public void CopyTo(BounceBuffer target, int at)
    {
        ArgumentNullException.ThrowIfNull(target);
        _memory.Span.CopyTo(target.Memory.Span[at..]);
    }

    /// <summary>
    /// The memory itself, for the code that hands it to the operating system to be stored. Whoever looks at it twice may
    /// see two things.
    /// </summary>
    public ReadOnlyMemory<byte> DangerousGetMemory() => _memory;

    /// <summary>Host memory is guest memory that nobody scribbles on.</summary>
    public static implicit operator GuestWriteBuffer(ReadOnlyMemory<byte> memory) => new(memory);

    /// <summary>Host memory is guest memory that nobody scribbles on.</summary>
    public static implicit operator GuestWriteBuffer(Memory<byte> memory) => new(memory);

    /// <summary>Host memory is guest memory that nobody scribbles on.</summary>
    public static implicit operator GuestWriteBuffer(byte[] memory) => new(memory);
}
