using System.Text;
using BlockGen.Drivers.Luks;

namespace BlockGen.Interop.Tests;

/// <summary>Encrypted disks that this library, QEMU and cryptsetup hand each other.</summary>
public sealed class LuksTests
{
    private const string Password = "open sesame";
    private const int DiskBytes = (2 << 20) + 7 * 512;

    public static TheoryData<string, string> Ciphers => new()
    {
        { "", "" },
        { "cipher-alg=aes-128", "-c aes-xts-plain64 -s 256" },
        { "hash-alg=sha512", "-h sha512 -s 512" },
        { "hash-alg=sha1,ivgen-alg=plain", "-c aes-xts-plain -h sha1 -s 512" },
        { "cipher-mode=cbc,ivgen-alg=essiv,ivgen-hash-alg=sha256", "-c aes-cbc-essiv:sha256 -s 256" },
        { "cipher-mode=cbc,cipher-alg=aes-128", "-c aes-cbc-plain64 -s 128 -h sha384" },
    };

    // QEMU takes seconds to find out how fast it is.
    [Theory]
    [InlineData("")]
    [InlineData("hash-alg=sha512,cipher-mode=cbc,ivgen-alg=essiv,ivgen-hash-alg=sha256")]
    public async Task What_qemu_encrypts_we_read_and_change(string options)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        byte[] content = await ConvertByQemuAsync(folder, file, options);
        await using (Image image = await OpenAsync(file))
        {
            Assert.Equal(content, await ReadAsync(image));
            await ChangeAsync(image, content);
        }

        await ExpectInEyesOfQemuAsync(folder, file, content);
    }

    [Theory]
    [MemberData(nameof(Ciphers))]
    public async Task What_we_encrypt_the_others_read(string options, string cryptsetupOptions)
    {
        _ = cryptsetupOptions;
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        byte[] content = RandomBytes(2);
        await CreateAsync(file, options);
        await using (Image image = await OpenAsync(file))
        {
            await image.WriteAsync(new GuestOffset(0), content, CancellationToken.None);
            await ChangeAsync(image, content);
        }

        await ExpectInEyesOfQemuAsync(folder, file, content);
        await CryptsetupAsync(["open", "--test-passphrase", "--key-file", folder.Secret(Password), file]);
    }

    [Theory]
    [MemberData(nameof(Ciphers))]
    public async Task What_cryptsetup_made_we_open(string options, string cryptsetupOptions)
    {
        _ = options;
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await File.WriteAllBytesAsync(file, new byte[DiskBytes + (3 << 20)]);
        string[] chosen = cryptsetupOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await CryptsetupAsync(
        [
            "luksFormat", "-q", "--type", "luks1", "--pbkdf-force-iterations", "1000", .. chosen,
            "--key-file", folder.Secret("another"), file,
        ]);
        await CryptsetupAsync(
        [
            "luksAddKey", "-q", "--pbkdf-force-iterations", "1000", "--key-file", folder.Secret("another"), file,
            folder.Secret(Password),
        ]);
        byte[] content;
        await using (Image image = await OpenAsync(file))
        {
            content = RandomBytes(3)[..(int)Math.Min(DiskBytes, image.Length)];
            await image.WriteAsync(new GuestOffset(0), content, CancellationToken.None);
            content = await ReadAsync(image);
        }

        await ExpectInEyesOfQemuAsync(folder, file, content);
    }

    [Fact]
    public async Task A_wrong_password_and_none_are_told_apart()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await CreateAsync(file, "");
        ImageException wrong = await Assert.ThrowsAsync<ImageException>(() => OpenAsync(file, "wrong"));
        Assert.Equal("Invalid password, cannot unlock any keyslot", wrong.Message);
        ImageException none = await Assert.ThrowsAsync<ImageException>(() => OpenAsync(file, new OpenOptions()));
        Assert.Equal("Parameter 'key-secret' is required for cipher", none.Message);
    }

    [Fact]
    public async Task Without_the_key_it_tells_of_itself_alone()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await CreateAsync(file, "");
        await using Image image = await OpenAsync(file, new OpenOptions { MetadataOnly = true });
        Assert.True(image.IsEncrypted);
        Assert.Contains(image.Details, detail => detail is { Name: "cipher-alg", Value: "aes-256" });
        await Assert.ThrowsAsync<IOException>(async () =>
            await image.ReadAsync(new GuestOffset(0), new byte[512], CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(async () =>
            await image.WriteAsync(new GuestOffset(0), new byte[512], CancellationToken.None));
    }

    [Fact]
    public async Task It_grows_and_shrinks_and_keeps_what_stays()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        byte[] content = RandomBytes(4);
        await CreateAsync(file, "");
        await using (Image image = await OpenAsync(file))
        {
            await image.WriteAsync(new GuestOffset(0), content, CancellationToken.None);
            await image.ResizeAsync(DiskBytes + 4096, Preallocation.Off, CancellationToken.None);
            byte[] added = new byte[4096];
            await image.WriteAsync(new GuestOffset(DiskBytes), added, CancellationToken.None);
            content = [.. content, .. added];
        }

        await ExpectInEyesOfQemuAsync(folder, file, content);
        await using (Image image = await OpenAsync(file))
        {
            await image.ResizeAsync(DiskBytes / 2 / 512 * 512, Preallocation.Off, CancellationToken.None);
        }

        await ExpectInEyesOfQemuAsync(folder, file, content[..(DiskBytes / 2 / 512 * 512)]);
    }

    /// <summary>What QEMU has ciphers for and this library has not.</summary>
    [Theory]
    [InlineData("cipher-alg=serpent-256", "serpent-256", "xts")]
    [InlineData("cipher-alg=twofish-128,cipher-mode=cbc,ivgen-alg=essiv,ivgen-hash-alg=sha256", "twofish-128", "cbc")]
    [InlineData("cipher-alg=cast5-128,cipher-mode=cbc", "cast5-128", "cbc")]
    public async Task What_cannot_be_decrypted_is_described_all_the_same(string options, string cipher, string mode)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await Qemu.ImgPatientlyAsync(
            "create", "-f", "luks", "--object", $"secret,id=s,data={Password}",
            "-o", $"key-secret=s,iter-time=10,{options}", file, "1M");
        await using (Image image = await OpenAsync(file, new OpenOptions { MetadataOnly = true, ReadOnly = true }))
        {
            Assert.Equal(cipher, image.Details.Single(detail => detail.Name == "cipher-alg").Value);
            Assert.Equal(mode, image.Details.Single(detail => detail.Name == "cipher-mode").Value);
        }

        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => OpenAsync(file));
        Assert.Contains("is not supported", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "twofish", "cipher 'twofish-xts-plain64' is not supported")]
    [InlineData(40, "lrw-benbi", "cipher 'aes-lrw-benbi' is not supported")]
    [InlineData(72, "ripemd160", "hash 'ripemd160' is not supported")]
    public async Task Ciphers_that_are_not_there_are_refused_by_name(int at, string name, string message)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await CreateAsync(file, "");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(at, 32).Clear();
        Encoding.ASCII.GetBytes(name, bytes.AsSpan(at));
        await File.WriteAllBytesAsync(file, bytes);
        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => OpenAsync(file));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A header can ask for years of work, or for key material anywhere.</summary>
    [Theory]
    [InlineData(164, "KeyDigestIterations")]
    [InlineData(212, "Iterations")]
    [InlineData(248, "KeyMaterialSector")]
    [InlineData(252, "Stripes")]
    [InlineData(108, "KeyBytes")]
    public async Task Hostile_numbers_are_refused_at_once(int at, string field)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.luks");
        await CreateAsync(file, "");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(at, sizeof(uint)).Fill(0xff);
        await File.WriteAllBytesAsync(file, bytes);
        CorruptImageException refusal = await Assert.ThrowsAsync<CorruptImageException>(() => OpenAsync(file));
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] RandomBytes(int seed)
    {
        byte[] bytes = new byte[DiskBytes];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static OptionValues Values(string options, string password = Password)
    {
        Dictionary<string, string> values = options.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => option.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        values["key-secret"] = "the-key";
        return new OptionValues(
            values, id => id == "the-key" ? new Secret(Encoding.UTF8.GetBytes(password)) : null);
    }

    private static async Task CreateAsync(string file, string options)
    {
        await using FileStorage storage = FileStorage.Create(file);
        OptionValues values = Values($"{options},size={DiskBytes},iter-time=1");
        await LuksImage.Format.CreateAsync!(storage, values, null, CancellationToken.None);
    }

    private static async Task<Image> OpenAsync(string file, string password = Password)
    {
        return await OpenAsync(file, new OpenOptions { DriverOptions = Values("", password) });
    }

    private static async Task<Image> OpenAsync(string file, OpenOptions options)
    {
        FileStorage storage = FileStorage.Open(file);
        try
        {
            return await LuksImage.OpenAsync(storage, options, CancellationToken.None);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    private static async Task<byte[]> ReadAsync(Image image)
    {
        byte[] found = new byte[image.Length];
        await image.ReadAsync(new GuestOffset(0), found, CancellationToken.None);
        return found;
    }

    private static async Task ChangeAsync(Image image, byte[] content)
    {
        Random random = new(5);
        for (int round = 0; round < 100; round++)
        {
            int length = random.Next(1, 20_000);
            int at = random.Next(content.Length - length);
            random.NextBytes(content.AsSpan(at, length));
            await image.WriteAsync(
                new GuestOffset((ulong)at), content.AsMemory(at, length), CancellationToken.None);
        }
    }

    private static async Task<byte[]> ConvertByQemuAsync(TempFolder folder, string file, string options)
    {
        string plain = folder.File("plain.raw");
        byte[] content = RandomBytes(1);
        await File.WriteAllBytesAsync(plain, content);
        await Qemu.ImgPatientlyAsync(
            "convert", "--object", $"secret,id=s,data={Password}", "-f", "raw", "-O", "luks",
            "-o", $"key-secret=s,iter-time=50,{options}".TrimEnd(','), plain, file);
        return content;
    }

    private static async Task ExpectInEyesOfQemuAsync(TempFolder folder, string file, byte[] content)
    {
        string plain = folder.File("expected.raw");
        await File.WriteAllBytesAsync(plain, content);
        await Qemu.ImgAsync(
            "compare", "--object", $"secret,id=s,data={Password}", "--image-opts",
            $"driver=luks,key-secret=s,file.filename={file}", $"driver=raw,file.filename={plain}");
    }

    private static async Task CryptsetupAsync(string[] arguments)
    {
        (int exitCode, string output) = await Qemu.RunAsync("cryptsetup", "", arguments);
        Assert.True(exitCode == 0, $"cryptsetup {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
    }
}
