using System.Text;
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
    public async Task Both_sides_change_it_in_turn(string options, int seed)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await CreateByQemuAsync(file, options);
        byte[] content = new byte[DiskBytes];
        Random random = new(seed);
        for (int round = 0; round < 3; round++)
        {
            await ChangeByUsAsync(file, content, random);
            await ExpectInEyesOfQemuAsync(folder, file, content);
            await ChangeByQemuAsync(file, content, random);
            await using Image image = await OpenAsync(file, new OpenOptions { ReadOnly = true, DriverOptions = Key() });
            byte[] found = new byte[DiskBytes];
            await image.ReadAsync(new GuestOffset(0), found, CancellationToken.None);
            Assert.Equal(DiskBytes, found.AsSpan().CommonPrefixLength(content));
            await image.ExpectCleanAsync();
        }

        Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(content.AsSpan(0, 4096)));
        await ExpectRefusalsAsync(file);
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

    private static async Task<Image> OpenAsync(string file, OpenOptions options)
    {
        FileStorage storage = FileStorage.Open(file, new FileStorageOptions { ReadOnly = options.ReadOnly });
        try
        {
            return await Qcow2Image.OpenAsync(storage, options, CancellationToken.None);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
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

    private static async Task ChangeByQemuAsync(string file, byte[] content, Random random)
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
            "qemu-io", string.Join('\n', commands), "--object", $"secret,id=s,data={Password}", "--image-opts", Node(file));
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
