using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace BlockGen.Nbd.Tests;

/// <summary>Clients that break the protocol in a thousand ways; none harms the server or anyone else.</summary>
public sealed class HostileClientTests : IDisposable
{
    private const int ClientCount = 1000;
    private const int DiskBytes = 1 << 20;
    private const string Hidden = "hidden-from-you";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_server_lives_and_keeps_nothing()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], DiskBytes);
        byte[] before = await File.ReadAllBytesAsync(_folder["disk"]);
        await AttackAsync(served, 0, count: 20);
        int handlesBefore = CountHandles();
        await AttackAsync(served, 20, ClientCount);
        await WaitUntilAloneAsync(served.Server);
        Assert.Equal(0, served.Server.Exports[0].ConnectionCount);
        Assert.InRange(CountHandles(), 0, handlesBefore + 16);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["disk"]));
        string size = await Peer.MustAsync("nbdinfo", "--size", served.Uri);
        Assert.Equal($"{DiskBytes}", size.Trim());
    }

    /// <summary>What needs TLS is not shown to anyone without, whatever he asks.</summary>
    [Fact]
    public async Task Nothing_is_shown_without_tls()
    {
        string certificates = await Certificates.MakeAsync(_folder["pki"]);
        await using ServedImage served = await ServedImage.CreateAsync(
            _folder["disk"],
            DiskBytes,
            image => new NbdExport(Hidden, image) { IsWritable = false, Description = Hidden },
            options => options with { Credentials = NbdCredentials.LoadServer(certificates, verifiesPeer: false) });
        byte[] secret = Encoding.ASCII.GetBytes(Hidden);
        for (int seed = 0; seed < 200; seed++)
        {
            byte[] answer = await SayAsync(served.Socket, new HostileWords(seed, Hidden).Say());
            int at = answer.AsSpan().IndexOf(secret);
            Assert.True(at < 0, $"seed {seed}: the server names what it must not, at byte {at}");
        }
    }

    private static async Task AttackAsync(ServedImage served, int first, int count)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            await SayAsync(served.Socket, new HostileWords(seed, "").Say());
        }
    }

    /// <summary>Sends everything, ends, and returns what the server says until it ends as well.</summary>
    private static async Task<byte[]> SayAsync(string path, byte[] words)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        using CancellationTokenSource patience = new(Patience);
        MemoryStream answer = new();
        byte[] buffer = new byte[64 << 10];
        try
        {
            Task<int> sending = socket.SendAsync(words, SocketFlags.None, patience.Token).AsTask();
            Task ending = sending.ContinueWith(
                _ => socket.Shutdown(SocketShutdown.Send), TaskContinuationOptions.OnlyOnRanToCompletion);
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token) is > 0 and int count)
            {
                answer.Write(buffer, 0, count);
            }

            await ending;
        }
        catch (Exception cut)
            when (cut is SocketException || (cut is TaskCanceledException && !patience.IsCancellationRequested))
        {
            // The server has had enough of it.
        }

        return answer.ToArray();
    }

    private static async Task WaitUntilAloneAsync(NbdServer server)
    {
        using CancellationTokenSource patience = new(Patience);
        while (server.ConnectionCount > 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static int CountHandles() => Directory.GetFiles("/proc/self/fd").Length;
}

/// <summary>What a hostile client says: mostly the protocol, with something wrong in it.</summary>
internal sealed class HostileWords(int seed, string export)
{
    private readonly Random _random = new(seed);
    private readonly MemoryStream _words = new();

    public byte[] Say()
    {
        Number32(_random.Next(5) == 0 ? (uint)_random.Next() : 3);
        int optionCount = _random.Next(6);
        for (int count = 0; count < optionCount; count++)
        {
            SayOption((uint)_random.Next(0, 14), RandomData());
        }

        if (_random.Next(3) > 0)
        {
            SayOption(8, []);
        }

        if (_random.Next(4) == 0)
        {
            SayOption(11, []);
        }

        bool isByName = _random.Next(2) == 0;
        SayOption(isByName ? 1u : 7u, isByName ? Encoding.ASCII.GetBytes(export) : Chosen());
        int requestCount = _random.Next(8);
        for (int count = 0; count < requestCount; count++)
        {
            SayRequest();
        }

        byte[] words = _words.ToArray();
        if (_random.Next(4) == 0)
        {
            words[_random.Next(words.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return _random.Next(4) == 0 ? words[.._random.Next(words.Length)] : words;
    }

    // Never data of a write that the server might take: the disk is compared afterwards.
    private void SayRequest()
    {
        ushort command = (ushort)(_random.Next(2) == 0 ? _random.Next(12) : new[] { 0, 2, 3, 5, 7 }[_random.Next(5)]);
        command = command is 1 or 6 or 4 ? (ushort)0 : command;
        Number32(_random.Next(6) == 0 ? (uint)_random.Next() : 0x25609513);
        Number16((ushort)(_random.Next(2) == 0 ? 0 : _random.Next(1 << 16)));
        Number16(command);
        Number64((ulong)_random.NextInt64());
        Number64(_random.Next(2) == 0 ? (ulong)_random.Next(1 << 20) : (ulong)_random.NextInt64() << _random.Next(2));
        Number32(_random.Next(2) == 0 ? (uint)_random.Next(1 << 16) : (uint)_random.NextInt64());
    }

    private void SayOption(uint option, byte[] data)
    {
        Number64(_random.Next(20) == 0 ? (ulong)_random.NextInt64() : 0x49484156454F5054);
        Number32(option);
        Number32(_random.Next(15) == 0 ? (uint)_random.NextInt64() : (uint)data.Length);
        _words.Write(data);
    }

    private byte[] RandomData()
    {
        byte[] data = new byte[_random.Next(3) == 0 ? 0 : _random.Next(100)];
        _random.NextBytes(data);
        return _random.Next(2) == 0 ? data : Chosen();
    }

    private byte[] Chosen()
    {
        byte[] data = new byte[4 + export.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(data, (uint)export.Length);
        Encoding.ASCII.GetBytes(export).CopyTo(data, 4);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(4 + export.Length), 1);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(6 + export.Length), (ushort)_random.Next(5));
        return data;
    }

    private void Number16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        _words.Write(bytes);
    }

    private void Number32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _words.Write(bytes);
    }

    private void Number64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        _words.Write(bytes);
    }
}
