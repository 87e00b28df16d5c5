using System.Text;
using BlockGen.Drivers;
using BlockGen.Drivers.Qcow2;

namespace BlockGen.Interop.Tests;

/// <summary>qcow2 images whose clusters are encrypted: made by QEMU, and changed by both sides in turn.</summary>
public sealed class EncryptedQcow2Tests
{
    private const string Password = "open sesame";
    private const int DiskBytes = 6 << 20;

    [Theory]
    [InlineData("cluster_size=4k", 1)]
    [InlineData("encrypt.hash-alg=sha512,encrypt.cipher-alg=aes-128", 2)]
    public async Task Both_sides_change_what_qemu_made_in_turn(string options, int seed)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await CreateByQemuAsync(file, options);
        await ChangeInTurnAsync(folder, file, seed);
        await ExpectRefusalsAsync(file);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("cluster_size=512,encrypt.cipher-mode=cbc,encrypt.ivgen-alg=essiv,encrypt.ivgen-hash-alg=sha256", 4)]
    [InlineData("cluster_size=2M,compat=0.10,encrypt.hash-alg=sha512,encrypt.cipher-alg=aes-128", 5)]
    [InlineData("refcount_bits=1,preallocation=metadata", 6)]
    public async Task Both_sides_change_what_we_made_in_turn(string options, int seed)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await CreateByUsAsync(file, options, link: null);
        await Qemu.ImgAsync("check", "--object", $"secret,id=s,data={Password}", "--image-opts", Node(file));
        bool isPreallocated = options.Contains("preallocation", StringComparison.Ordinal);
        await using (Image image = await OpenAsync(file, new OpenOptions { DriverOptions = Key() }))
        {
            Assert.Equal(!isPreallocated, image.IsZeroWhenNew);
            if (isPreallocated)
            {
                await image.WriteZeroesAsync(new GuestRange(0, DiskBytes), ZeroMode.KeepAllocated, CancellationToken.None);
            }
        }

        await ChangeInTurnAsync(folder, file, seed);
        await ExpectRefusalsAsync(file);
    }

    [Fact]
    public async Task An_encrypted_overlay_of_ours_names_its_backing_file()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        byte[] below = Disks.RandomBytes(DiskBytes, seed: 7);
        await File.WriteAllBytesAsync(folder.File("base.raw"), below);
        await CreateByUsAsync(file, "", new BackingLink("base.raw", "raw"));
        await ExpectInEyesOfQemuAsync(folder, file, below);
        FileStorage storage = FileStorage.Open(file);
        OpenOptions options = new() { DriverOptions = Key(), Gate = Disks.OpenBeside };
        await using (Image image = await new FormatRegistry(DiskFormats.All)
            .OpenAsync(storage, "qcow2", options, CancellationToken.None))
        {
            await image.WriteAsync(new GuestOffset(1000), below.AsMemory(0, 5000), CancellationToken.None);
        }

        below.AsSpan(0, 5000).ToArray().CopyTo(below, 1000);
        await ExpectInEyesOfQemuAsync(folder, file, below);
    }

    /// <summary>Passwords as long as the key, shorter and longer.</summary>
    [Theory]
    [InlineData("qcow2", "sixteen bytes ok", "cluster_size=4k")]
    [InlineData("qcow2", "short", "compat=0.10")]
    [InlineData("qcow2", "a password of more than sixteen bytes", "extended_l2=on,cluster_size=32k")]
    [InlineData("qcow", "short", "")]
    [InlineData("qcow", "a password of more than sixteen bytes", "")]
    public async Task The_legacy_encryption_of_qemu_is_read(string format, string password, string options)
    {
        using TempFolder folder = new();
        string file = folder.File($"disk.{format}");
        byte[] content = new byte[DiskBytes];
        await Qemu.ImgAsync(
            "create", "-q", "-f", format, "--object", $"secret,id=s,data={password}",
            "-o", $"encrypt.format=aes,encrypt.key-secret=s,{options}".TrimEnd(','), file, $"{DiskBytes}");
        await ChangeByQemuAsync(
            $"driver={format},encrypt.format=aes,encrypt.key-secret=s,file.filename={file}", content, new Random(9), password);
        OptionValues key = Key(password);
        await using (Image image = await OpenAsync(file, new OpenOptions { ReadOnly = true, DriverOptions = key }, format))
        {
            byte[] found = await image.ReadAllAsync();
            Assert.Equal(DiskBytes, found.AsSpan().CommonPrefixLength(content));
            foreach (int at in (int[])[1, 511, 512, 100_000, DiskBytes - 777])
            {
                await image.ReadAsync(new GuestOffset((ulong)at), found.AsMemory(0, 777), CancellationToken.None);
                Assert.Equal(777, found.AsSpan(0, 777).CommonPrefixLength(content.AsSpan(at, 777)));
            }
        }

        await using (Image locked = await OpenAsync(
            file, new OpenOptions { MetadataOnly = true, ReadOnly = true }, format))
        {
            Assert.True(locked.IsEncrypted);
            await Assert.ThrowsAsync<IOException>(async () => await locked.ReadAllAsync());
        }

        ImageException none = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync(file, new OpenOptions { ReadOnly = true }, format));
        Assert.Equal("Parameter 'encrypt.key-secret' is required for cipher", none.Message);
        ImageException written = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync(file, new OpenOptions { DriverOptions = key }, format));
        Assert.EndsWith(
            "is encrypted with the legacy format 'aes': it can only be opened read-only", written.Message,
            StringComparison.Ordinal);
    }

    private static async Task ChangeInTurnAsync(TempFolder folder, string file, int seed)
    {
        byte[] content = new byte[DiskBytes];
        Random random = new(seed);
        for (int round = 0; round < 3; round++)
        {
            await ChangeByUsAsync(file, content, random);
            await ExpectInEyesOfQemuAsync(folder, file, content);
            await ChangeByQemuAsync(Node(file), content, random, Password);
            await using Image image = await OpenAsync(file, new OpenOptions { ReadOnly = true, DriverOptions = Key() });
            byte[] found = new byte[DiskBytes];
            await image.ReadAsync(new GuestOffset(0), found, CancellationToken.None);
            Assert.Equal(DiskBytes, found.AsSpan().CommonPrefixLength(content));
            await image.ExpectCleanAsync();
        }

        Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(content.AsSpan(0, 4096)));
    }

    private static async Task ExpectRefusalsAsync(string file)
    {
        ImageException none = await Assert.ThrowsAsync<ImageException>(() => OpenAsync(file, new OpenOptions()));
        Assert.Equal("Parameter 'encrypt.key-secret' is required for cipher", none.Message);
        ImageException wrong = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync(file, new OpenOptions { DriverOptions = Key("wrong") }));
        Assert.Equal("Invalid password, cannot unlock any keyslot", wrong.Message);

        await using Image locked = await OpenAsync(file, new OpenOptions { MetadataOnly = true, ReadOnly = true });
        FormatDetail encryption = locked.Details.Single(detail => detail.Name == "encrypt");
        Assert.Contains(encryption.Parts!, part => part is { Name: "format", Value: "luks" });
        await Assert.ThrowsAsync<IOException>(async () =>
            await locked.ReadAsync(new GuestOffset(0), new byte[DiskBytes], CancellationToken.None));
    }

    private static OptionValues Key(string password = Password) => new(
        new Dictionary<string, string> { ["encrypt.key-secret"] = "s" },
        _ => new Secret(Encoding.UTF8.GetBytes(password)));

    private static Task<Image> OpenAsync(string file, OpenOptions options, string format = "qcow2") =>
        Disks.OpenAsync(format, file, options);

    private static async Task CreateByUsAsync(string file, string options, BackingLink? link)
    {
        Dictionary<string, string> values = $"encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=1,size={DiskBytes},{options}"
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        OptionValues named = new(values, _ => new Secret(Encoding.UTF8.GetBytes(Password)));
        await using FileStorage storage = FileStorage.Create(file);
        await Qcow2Image.Format.CreateAsync!(storage, named, link, CancellationToken.None);
    }

    private static async Task ChangeByUsAsync(string file, byte[] content, Random random)
    {
        await using Image image = await OpenAsync(file, new OpenOptions { DriverOptions = Key() });
        for (int change = 0; change < 60; change++)
        {
            int length = change == 0 ? 8192 : random.Next(1, 30_000);
            int at = change == 0 ? 0 : random.Next(DiskBytes - length);
            if (random.Next(5) == 0 && change > 0)
            {
                content.AsSpan(at, length).Clear();
                await image.WriteZeroesAsync(
                    new GuestRange((ulong)at, (ulong)length), ZeroMode.MayUnmap, CancellationToken.None);
            }
            else
            {
                random.NextBytes(content.AsSpan(at, length));
                await image.WriteAsync(
                    new GuestOffset((ulong)at), content.AsMemory(at, length), CancellationToken.None);
            }
        }
    }

    private static async Task ChangeByQemuAsync(string node, byte[] content, Random random, string password)
    {
        List<string> commands = [];
        for (int change = 0; change < 40; change++)
        {
            int length = random.Next(1, 30_000);
            int at = random.Next(8192, DiskBytes - length);
            byte pattern = (byte)random.Next(1, 256);
            content.AsSpan(at, length).Fill(pattern);
            commands.Add($"write -P {pattern} {at} {length}");
        }

        (int exitCode, string output) = await Qemu.RunAsync(
            "qemu-io", string.Join('\n', commands), "--object", $"secret,id=s,data={password}", "--image-opts", node);
        Assert.True(exitCode == 0, output);
    }

    private static async Task ExpectInEyesOfQemuAsync(TempFolder folder, string file, byte[] content)
    {
        string plain = folder.File("expected.raw");
        await File.WriteAllBytesAsync(plain, content);
        string secret = $"secret,id=s,data={Password}";
        await Qemu.ImgAsync(
            "compare", "--object", secret, "--image-opts", Node(file), $"driver=raw,file.filename={plain}");
        await Qemu.ImgAsync("check", "--object", secret, "--image-opts", Node(file));
    }

    private static string Node(string file) => $"driver=qcow2,encrypt.key-secret=s,file.filename={file}";

    private static Task CreateByQemuAsync(string file, string options) => Qemu.ImgPatientlyAsync(
        "create", "-f", "qcow2", "--object", $"secret,id=s,data={Password}",
        "-o", $"encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=50,{options}", file, $"{DiskBytes}");
}
