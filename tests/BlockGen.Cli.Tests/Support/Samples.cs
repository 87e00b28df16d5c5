using System.Buffers.Binary;

namespace BlockGen.Cli.Tests;

/// <summary>Folders with the same images in each, made by QEMU's tools.</summary>
public sealed class Samples : IDisposable
{
    private const int QedClusterBytes = 65536;

    private readonly string _root = Directory.CreateTempSubdirectory("blockgen-cli-").FullName;
    private readonly string _template;
    private int _folders;

    public Samples()
    {
        _template = Path.Combine(_root, "template");
        Directory.CreateDirectory(_template);
        foreach (string line in Recipe.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Peer.Must(_template, line);
        }

        File.WriteAllText(InTemplate("pattern.bin"), "hello");
        File.WriteAllText(InTemplate("bad.conf"), "[inject-error]\nevent = \"foo\"\n");
        File.WriteAllText(InTemplate("rules.conf"), "[inject-error]\nevent = \"read_aio\"\nonce = \"on\"\n");
        File.Copy(InTemplate("written.qed"), InTemplate("leak.qed"));
        using (FileStream leak = File.OpenWrite(InTemplate("leak.qed")))
        {
            leak.SetLength(leak.Length + 2 * QedClusterBytes);
        }

        File.Copy(InTemplate("written.qed"), InTemplate("corrupt.qed"));
        MapSecondClusterOutside(InTemplate("corrupt.qed"), isDirty: false);
        File.Copy(InTemplate("written.qed"), InTemplate("dirty.qed"));
        MapSecondClusterOutside(InTemplate("dirty.qed"), isDirty: true);
    }

    // a.img: data with holes. b.qed on it, c.qed on that and longer. e3.qed: a chain that ends without any data.
    private const string Recipe = """
        create -q a.img 1M
        io -f raw -c 'write -P 1 64k 128k' a.img
        create -q -f qed a.qed 64M
        create -q -f qed -b a.img -F raw b.qed
        create -q -f qed -b b.qed -F qed c.qed 2M
        io -f qed -c 'write -P 2 256k 64k' -c 'write -z 768k 64k' b.qed
        io -f qed -c 'write -P 2 512k 64k' c.qed
        convert -O raw c.qed c.raw
        create -q -f qed -u -b nope.img -F raw n.qed 1M
        create -q -f vdi v.vdi 4M
        io -f vdi -c 'write 1M 1M' v.vdi
        create -q -f parallels -o cluster_size=64k p.prl 4M
        io -f parallels -c 'write 1M 200k' -c 'write 0 64k' p.prl
        create -q -f qcow2 -b a.img -F raw w.qcow2 2M
        io -f qcow2 -c 'write -P 2 256k 128k' -c 'write -z 768k 64k' w.qcow2
        convert -c -O qcow2 -o compat=0.10 c.qed z.qcow2
        create -q -f qcow2 -o extended_l2=on,cluster_size=128k,compression_type=zstd,lazy_refcounts=on x.qcow2 4M
        io -f qcow2 -c 'write -P 2 128k 128k' -c 'write -z 1M 128k' x.qcow2
        create -q -f qcow -b a.img -F raw k.qcow 2M
        io -f qcow -c 'write -P 2 256k 128k' k.qcow
        create -q -f qed e1.qed 2M
        create -q -f qed -b e1.qed -F qed e2.qed
        create -q -f qed -b e2.qed -F qed e3.qed
        io -f qed -c 'write -z 0 128k' e2.qed
        create -q -f qed written.qed 64M
        io -f qed -c 'write 0 64k' written.qed
        create -q -f qcow2 m.qcow2 4M
        bitmap --add m.qcow2 b
        bitmap --add --disable -g 4096 m.qcow2 c
        create -q -f qcow2 s.qcow2 4M
        snapshot -c first s.qcow2
        snapshot -c second-with-a-rather-long-name s.qcow2
        create -q long.img 3M
        io -f raw -c 'write -P 1 64k 128k' long.img
        create -q longer.img 3M
        io -f raw -c 'write -P 1 64k 128k' -c 'write -P 9 2M 10' longer.img
        """;

    /// <summary>A folder of its own, holes kept.</summary>
    internal string MakeFolder()
    {
        string folder = Path.Combine(_root, $"{++_folders}");
        CommandResult copied = Peer.Run(_root, "cp", ["-a", "--sparse=always", _template, folder]);
        Assert.True(copied.ExitCode == 0, copied.Errors);
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string InTemplate(string name) => Path.Combine(_template, name);

    private static void MapSecondClusterOutside(string path, bool isDirty)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int rootTable = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(0x28));
        int leafTable = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(rootTable));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(leafTable + sizeof(ulong)), 0x10000000);
        bytes[0x10] |= isDirty ? (byte)2 : (byte)0;
        File.WriteAllBytes(path, bytes);
    }
}
