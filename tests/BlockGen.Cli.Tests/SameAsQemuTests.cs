namespace BlockGen.Cli.Tests;

/// <summary>
/// Command lines that print the same as QEMU's tools, to the letter, and end with the same exit code.
/// </summary>
public sealed class SameAsQemuTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [MemberData(nameof(Lines), Info)]
    public Task Info_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Map)]
    public Task Map_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Check)]
    public Task Check_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Create)]
    public Task Create_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Compare)]
    public Task Compare_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Convert)]
    public Task Convert_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), NoCommand)]
    public Task Lines_without_a_command_are_refused_the_same(string line) => CompareAsync(line);

    /// <summary>
    /// Here QEMU tells more or less on the error stream than we do; output and exit code are the same.
    /// </summary>
    [Theory]
    [MemberData(nameof(Lines), OtherWords)]
    public async Task Other_words_but_the_same_outcome(string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), line).Normalized;
        CommandResult actual = (await Ours.RunAsync(samples.MakeFolder(), line)).Normalized;
        Assert.Equal((expected.Output, expected.ExitCode), (actual.Output, actual.ExitCode));
        Assert.NotEqual("", actual.Errors);
    }

    public static TheoryData<string> Lines(string table) => Agreement.Lines(table);

    private Task CompareAsync(string line) => Agreement.ExpectAsync(samples, line);

    private const string Info = """
        info a.img
        info a.qed
        info v.vdi
        info c.qed
        info ./c.qed
        info -U -f qed c.qed
        info --backing-chain c.qed
        info --output json c.qed
        info --output=json --backing-chain c.qed
        info --output=json v.vdi
        info p.prl
        info --output=json p.prl
        info w.qcow2
        info z.qcow2
        info x.qcow2
        info k.qcow
        info --output=json k.qcow
        info --output=json w.qcow2
        info --output=json --backing-chain z.qcow2
        info --output=json x.qcow2
        info --backing-chain w.qcow2
        info --output=xml a.img
        info n.qed
        info --backing-chain n.qed
        info nope.qed
        info -f xx a.img
        info .
        info
        info a b
        info --wrong a
        info --out=json a.img
        info --backing c.qed
        info --output a.img
        info file:a.img
        info -f qed -f raw a.img
        info -- a.img
        """;

    private const string Map = """
        map a.img
        map c.qed
        map v.vdi
        map p.prl
        map --output=json p.prl
        map w.qcow2
        map z.qcow2
        map k.qcow
        map --output=json k.qcow
        map --output=json w.qcow2
        map --output=json z.qcow2
        map --output=json x.qcow2
        map e3.qed
        map --output json c.qed
        map --output=json e3.qed
        map --output=json e2.qed
        map --output=json v.vdi
        map --output=json -s 100k -l 300k c.qed
        map --start-offset=100k --max-length 64k c.qed
        map -s 4M c.qed
        map --output=json -s 4M c.qed
        map -s 4x c.qed
        map -l 4x c.qed
        map n.qed
        map nope
        map
        """;

    private const string Check = """
        check a.img
        check --output=json a.img
        check a.qed
        check c.qed
        check -q c.qed
        check --output=json c.qed
        check -r all c.qed
        check -r leaks c.qed
        check -r all --output=json corrupt.qed
        check -r all --output=json dirty.qed
        check -q -r all corrupt.qed
        check -r foo c.qed
        check leak.qed
        check -q leak.qed
        check --output=json leak.qed
        check --output=json corrupt.qed
        check n.qed
        check s.qcow2
        check --output=json s.qcow2
        check z.qcow2
        check --output=json z.qcow2
        check -r all z.qcow2
        check w.qcow2
        check nope
        check
        """;

    private const string Create = """
        create x.img 1M
        create -q x.img 1M
        create -f qcow2 x.qcow2 1M
        create -f qcow2 -o cluster_size=4k,lazy_refcounts=on,preallocation=falloc x.qcow2 1M
        create -f qcow2 -o compat=0.10 x.qcow2 1M
        create -f qcow2 -o compat=0.9 x.qcow2 1M
        create -f qcow2 -o cluster_size=3k x.qcow2 1M
        create -f qcow2 -o cluster_size=4M x.qcow2 1M
        create -f qcow2 -o refcount_bits=3 x.qcow2 1M
        create -f qcow2 -o refcount_bits=0 x.qcow2 1M
        create -f qcow2 -o refcount_bits=x x.qcow2 1M
        create -f qcow2 -o refcount_bits=8,compat=v2 x.qcow2 1M
        create -f qcow2 -o lazy_refcounts=on,compat=v2 x.qcow2 1M
        create -f qcow2 -o compression_type=foo x.qcow2 1M
        create -f qcow2 -o compression_type=zstd,compat=v2 x.qcow2 1M
        create -f qcow2 -o extended_l2=on,cluster_size=8k x.qcow2 1M
        create -f qcow2 -o extended_l2=on,compat=v2 x.qcow2 1M
        create -f qcow2 -o preallocation=foo x.qcow2 1M
        create -f qcow2 -o encrypt.format=foo x.qcow2 1M
        create -f qcow2 -o encrypt.format=luks x.qcow2 1M
        create -f qcow2 -b a.img -F raw x.qcow2
        create -f qcow2 -o backing_file=a.img,backing_fmt=raw,compat=v3 x.qcow2 3M
        create -f raw x.img 1.5k
        create -f raw x.img 0x1000
        create -f raw x.img 0
        create -f raw -o size=1M x.img
        create -f raw -o preallocation=full x.img 2M
        create -f qed x.qed 1.5G
        create -fqed x.qed 1000
        create -f vdi x.vdi 1000
        create -f vdi -o static=on x.vdi 2M
        create -f vdi -o static x.vdi 2M
        create -f qed -o cluster_size=128k,table_size=2 x.qed 1M
        create -f qed -o cluster_size=128k -o table_size=2 x.qed 1M
        create -f qed -b a.img -F raw x.qed
        create -f qed -b c.qed -F qed x.qed
        create -f qed -o backing_file=a.img,backing_fmt=raw x.qed
        create -f qed -u -b nope.img -F raw x.qed 1M
        create -f qed -u -b nope.img -F raw x.qed
        create -f qed -F raw x.qed 1M
        create -f qed -b nope.img -F raw x.qed
        create -f qed -b a.img -F xx x.qed
        create -f qed -b x.qed -F qed x.qed 2M
        create -f raw -b a.img -F raw x.img 1M
        create -f qed -u -o backing_file=x,,y.img,backing_fmt=raw x.qed 1M
        create -f qed -u -b x,y.img -F raw x.qed 1m
        create -f qed -u -b '' -F raw x.qed 1M
        create -f qed -o '' x.qed 1M
        create -f qed -o , x.qed 1M
        create -f qed -o cluster_size=4k,cluster_size=8k x.qed 1g
        create -f qed -b file:a.img -F raw x.qed
        create -f raw file:x.img 1M
        create -f raw -F raw x.img 1M
        create -f vdi -b a.img -F raw x.vdi
        create -f qed -o help
        create -f vdi -o help
        create -f parallels -o help
        create -f bochs -o help
        create -f cloop x 1M
        convert -O cloop a.img x
        create -f parallels x.prl 1000
        create -f parallels -o cluster_size=64k x.prl 10M
        create -f parallels -b a.img -F raw x.prl
        create -f raw -o foo=bar x.img 1M
        create -f qed -o cluster_size=1x x.qed 1M
        create -f vdi -o static=maybe x.vdi 2M
        create -f qed -o size=2M x.qed 1M
        create -f xx x.img 1M
        create -f raw x.img
        create -f raw x.img 1x
        create -f raw x.img 1.5
        create -f raw x.img 8E
        create -f raw x.img 16E
        create -f raw x.img 1M 2M
        create -f raw nowhere/x.img 1M
        create -f raw
        create -Z x.img 100
        create -f
        """;

    private const string Compare = """
        compare c.qed c.raw
        compare -f qed -F raw c.qed c.raw
        compare a.img c.qed
        compare -q a.img c.qed
        compare a.img long.img
        compare long.img a.img
        compare a.img longer.img
        compare longer.img a.img
        compare -s a.img long.img
        compare -U a.img a.img
        compare -pq c.qed c.raw
        compare a.img nope
        compare nope a.img
        compare -f xx a.img long.img
        compare -T foo a.img long.img
        compare a.img
        compare a b c
        """;

    private const string Convert = """
        convert -f qed -O raw c.qed x.raw
        convert -O qed -o cluster_size=4k a.img x.qed
        convert -O vdi -W -m 16 c.qed x.vdi
        convert -S 0 -O raw c.qed x.raw
        convert -C -O raw c.qed x.raw
        convert -O qed -B a.img -F raw c.qed x.qed
        convert -n -O raw a.img long.img
        convert -n --target-is-zero -O raw a.img long.img
        convert --target-is-zero -O raw c.qed x.raw
        convert -n -o cluster_size=4k -O qed c.qed a.qed
        convert -n -B a.img -O qed c.qed a.qed
        convert -O vdi -B a.img -F raw c.qed x.vdi
        convert -O raw -o size=4M c.qed x.raw
        convert -pq -O raw c.qed x.raw
        convert -O qed -o help
        convert -O parallels -o help
        convert -O bochs -o help
        convert -O parallels -o cluster_size=64k c.qed x.prl
        convert -O qed -B a.img c.qed x.qed
        convert -n -O raw c.qed nope.raw
        convert -n --target-image-opts c.qed driver=qed,file.filename=a.qed
        convert -n --target-image-opts a.img driver=qcow2,file.filename=s.qcow2
        convert -n --target-image-opts a.img file.filename=w.qcow2
        convert -n --target-image-opts -O raw a.img driver=raw,file.filename=long.img
        convert -n --target-image-opts a.img driver=raw,file.filename=nope.img
        convert -n -c --target-image-opts a.img driver=raw,file.filename=long.img
        convert --target-image-opts a.img driver=raw,file.filename=new.img
        convert -n -c -O raw a.img long.img
        convert -n -O raw c.qed a.img
        convert -O raw a.img a.img
        convert -O xx c.qed x.qed
        convert -f xx -O raw c.qed x.raw
        convert -O qed nope.qed x.qed
        convert -O raw n.qed x.raw
        convert -O qed -c a.img x.qed
        convert -O qed -o foo=1 a.img x.qed
        convert a.img nowhere/x.raw
        convert -m 0 -O raw c.qed x.raw
        convert -m 17 -O raw c.qed x.raw
        convert -S 1x -O raw c.qed x.raw
        convert -S 100 -O raw c.qed x.raw
        convert -C -S 4k -O raw c.qed x.raw
        convert -C -c -O raw c.qed x.raw
        convert -t foo -O raw c.qed x.raw
        convert -T foo -O raw c.qed x.raw
        convert -O raw a.img c.qed x.raw
        convert -O qed a.img c.qed v.vdi x.qed
        convert -pq -f raw -O raw a.img c.qed x.raw
        convert -n -O raw a.img b.qed longer.img
        convert -O qed -B a.img -F raw a.img c.qed x.qed
        convert -O qed -o backing_file=a.img,backing_fmt=raw a.img c.qed x.qed
        convert -O raw a.img nope x.raw
        convert --salvage -O raw c.qed x.raw
        convert --salvage -C -O raw c.qed x.raw
        convert -c -O raw a.img x.raw
        convert -c -O vdi a.img x.vdi
        convert -c -O qcow2 a.img x.qcow2
        convert a.img
        convert
        """;

    private const string NoCommand = """
        nocmd
        nocmd a b
        -X
        --bad
        """;

    private const string OtherWords = """
        check corrupt.qed
        check -r all corrupt.qed
        check -r all dirty.qed
        create -f qed -b a.img x.qed
        create -f qed -o cluster_size=3 x.qed 1M
        create -f qed x.qed 1E
        info -f qed a.img
        resize a.qed 1000001
        resize a.qed 1E
        resize a.img 2M
        resize a.img 1M
        """;
}
