namespace BlockGen.Cli.Tests;

/// <summary>
/// Command lines that change chains and sizes, or copy and measure: they print the same as QEMU's tools, to the letter.
/// </summary>
public sealed class SameChangesAsQemuTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [MemberData(nameof(Lines), Measure)]
    public Task Measure_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Dd)]
    public Task Dd_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Commit)]
    public Task Commit_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Rebase)]
    public Task Rebase_prints_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Resize)]
    public Task Resize_prints_the_same(string line) => CompareAsync(line);

    public static TheoryData<string> Lines(string table) => Agreement.Lines(table);

    private Task CompareAsync(string line) => Agreement.ExpectAsync(samples, line);

    private const string Measure = """
        measure c.qed
        measure -O raw c.qed
        measure -f raw a.img
        measure --output=json c.qed
        measure --output json -O raw --size 1G
        measure --size 1000001
        measure --size 0
        measure -O raw -o size=5M c.qed
        measure -o preallocation=full --size 1M
        measure -O qed c.qed
        measure -O qcow2 a.img
        measure -O qcow2 c.qed
        measure -O qcow2 -o compat=0.10 s.qcow2
        measure -O qcow2 -o extended_l2=on --size 10T
        measure -O qcow2 -o compat=0.10 w.qcow2
        measure -O qcow2 -o compat=0.10 -l first s.qcow2
        measure -O qcow2 -l nope s.qcow2
        measure -O qcow2 -o preallocation=metadata c.qed
        measure -O qcow2 -o preallocation=falloc,cluster_size=512 c.qed
        measure -O qcow2 -o cluster_size=2M,refcount_bits=64 c.qed
        measure -O qcow2 -o backing_file=a.img,backing_fmt=raw c.qed
        measure -O qcow2 --output json --size 1000001
        measure -O qcow2 --size 0
        measure -O qcow2 --size 10T
        measure -O qcow2 -o cluster_size=512 --size 10T
        measure -O qcow2 -o refcount_bits=1 --size 7E
        measure -l first
        measure -O luks --size 10M
        measure -O qcow2 -o encrypt.format=luks --size 1M
        measure -O vdi --size 1M
        measure -O xx c.qed
        measure -f xx c.qed
        measure -f raw --size 1M
        measure --size 1M c.qed
        measure --size 1x
        measure --size -1
        measure --size 8E
        measure -o foo=1 --size 1M
        measure --output=xml --size 1M
        measure a b
        measure nope
        measure
        """;

    private const string Dd = """
        dd if=c.qed of=x.raw
        dd -U if=c.qed of=x.raw
        dd -f qed -O vdi bs=64k if=c.qed of=x.vdi
        dd -O qed if=c.qed of=x.qed
        dd bs=1M count=1 if=c.qed of=x.raw
        dd bs=100k skip=3 count=2 if=a.img of=x.raw
        dd bs=2M count=1 skip=1 if=c.qed of=x.raw
        dd skip=100000 if=a.img of=x.raw
        dd count=0 if=a.img of=x.raw
        dd if=nope of=x
        dd if=c.qed
        dd of=x
        dd
        dd bs=0 if=c.qed of=x
        dd bs=3G if=c.qed of=x
        dd bs=1x if=c.qed of=x
        dd bs=-1 if=c.qed of=x
        dd bs=16E if=c.qed of=x
        dd count=1x if=c.qed of=x
        dd skip=x if=c.qed of=x
        dd foo=1 if=c.qed of=x
        dd foo if=c.qed of=x
        dd -f xx if=c.qed of=x
        dd -O xx if=c.qed of=x
        dd -n if=c.qed of=x
        dd if=a.img of=nowhere/x
        """;

    private const string Commit = """
        commit c.qed
        commit -d c.qed
        commit -q c.qed
        commit -pq c.qed
        commit -r 10M c.qed
        commit -t none c.qed
        commit -b a.img c.qed
        commit -b b.qed c.qed
        commit -b ./b.qed c.qed
        commit -b nope c.qed
        commit -b c.qed c.qed
        commit a.qed
        commit v.vdi
        commit -f raw a.img
        commit n.qed
        commit nope
        commit -f xx c.qed
        commit -t foo c.qed
        commit -r 1x c.qed
        commit
        commit a b
        """;

    private const string Rebase = """
        rebase -b a.img -F raw c.qed
        rebase -b '' c.qed
        rebase -b '' -F raw c.qed
        rebase -b longer.img -F raw c.qed
        rebase -q -b longer.img -F raw c.qed
        rebase -u -b longer.img -F raw c.qed
        rebase -u -b nope.img -F raw c.qed
        rebase -u -b nope.img c.qed
        rebase -u -b '' n.qed
        rebase -u n.qed
        rebase -b a.img -F raw n.qed
        rebase -b nope.img -F raw c.qed
        rebase -b longer.img c.qed
        rebase -b longer.img -F xx c.qed
        rebase -b a.img -F raw v.vdi
        rebase -u -b a.img -F raw v.vdi
        rebase -b '' v.vdi
        rebase -f raw -b longer.img -F raw a.img
        rebase c.qed
        rebase -F raw c.qed
        rebase -t foo -b '' c.qed
        rebase -T foo -b '' c.qed
        rebase -f xx -b '' c.qed
        rebase -b a.img -F raw nope
        rebase -b c.qed -F qed c.qed
        rebase
        rebase -b x
        """;

    private const string Resize = """
        resize a.qed 128M
        resize p.prl 8M
        resize -f qed a.qed +1M
        resize -q a.qed +1k
        resize -f raw a.img 1100001
        resize -f raw a.img +1M
        resize -f raw --preallocation=falloc a.img 3M
        resize -f raw --preallocation=full a.img +64k
        resize -f raw --preallocation=full a.img 1M
        resize -f raw --preallocation=metadata a.img 2M
        resize --preallocation=off a.qed 128M
        resize --preallocation=metadata s.qcow2 8M
        resize --preallocation=full s.qcow2 4M
        resize --shrink s.qcow2 1M
        resize --shrink z.qcow2 100k
        resize w.qcow2 1M
        resize --preallocation=falloc a.qed 128M
        resize --preallocation=foo a.qed 128M
        resize a.qed 64M
        resize a.qed 1M
        resize --shrink a.qed 1M
        resize -f raw a.img -512k
        resize -f raw --shrink a.img -512k
        resize -f raw --shrink a.img -1M
        resize -f raw a.img -- -5M
        resize -f raw a.img +8E
        resize -f raw a.img 0
        resize -f raw a.img +x
        resize -f raw a.img 1x
        resize -f raw a.img
        resize -f raw
        resize a.img b 1M
        resize nope 1M
        resize -f xx a.img 1M
        resize n.qed 1M
        resize
        resize 1M
        """;
}
