namespace BlockGen;

/// <summary>A backing image and how many reads use it at this moment.</summary>
internal sealed class BackingImage(Image image)
{
    private readonly TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users = 1; // one for being attached; Interlocked

    /// <summary>The image.</summary>
    public Image Image { get; } = image;

    /// <summary>One more read uses it. The caller knows that it is still attached.</summary>
    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>One read fewer.</summary>
    public void RemoveUser()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _unused.TrySetResult();
        }
    }

    /// <summary>Gives up being attached; returns when no read uses it any more.</summary>
    public Task WaitUntilUnusedAsync()
    {
        RemoveUser();
        return _unused.Task;
    }
}

/// <summary>A read's hold on the backing image.</summary>
internal readonly struct BackingLease(BackingImage? backing) : IDisposable
{
    /// <summary>The backing image; null when there is none.</summary>
    public Image? Image => backing?.Image;

    /// <summary>Lets go.</summary>
    public void Dispose() => backing?.RemoveUser();
}
