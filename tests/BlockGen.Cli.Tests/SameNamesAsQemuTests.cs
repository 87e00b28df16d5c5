namespace BlockGen.Cli.Tests;

/// <summary>
/// Names that describe nodes, objects, and the commands that no format of ours can do: they print the same as QEMU's
/// tools, to the letter.
/// </summary>
public sealed class SameNamesAsQemuTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [MemberData(nameof(Lines), Objects)]
    public Task Objects_are_taken_and_refused_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Names)]
    public Task Names_are_understood_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Filters)]
    public Task Filters_do_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Unsupported)]
    public Task What_formats_cannot_is_refused_the_same(string line) => CompareAsync(line);

    [Theory]
    [MemberData(nameof(Lines), Io)]
    public Task Io_takes_its_options_the_same(string line) => CompareAsync(line);

    public static TheoryData<string> Lines(string table) => Agreement.Lines(table);

    private Task CompareAsync(string line) => Agreement.ExpectAsync(
        samples,
        line
            .Replace("BLKDEBUG", "driver=raw,file.driver=blkdebug,file.image.filename=a.img", StringComparison.Ordinal)
            .Replace("RULE", "file.inject-error.0", StringComparison.Ordinal)
            .Replace("COPYING", Copying, StringComparison.Ordinal)
            .Replace("THROTTLE", Throttled, StringComparison.Ordinal));

    private const string Copying = "driver=copy-on-read,file.driver=qed,file.file.filename=c.qed";

    private const string Throttled =
        "driver=raw,file.driver=throttle,file.throttle-group=t0,file.file.filename=a.img";

    private const string Objects = """
        create -f luks x.luks 1M
        create -f luks -o key-secret=s x.luks 1M
        create --object secret,id=s,data=a -f luks -o key-secret=s,cipher-alg=foo x.luks 1M
        create --object secret,id=s,data=a -f luks -o hash-alg=foo,key-secret=s x.luks 1M
        create -f luks -o help
        create --object secret,id=s,data=a -f luks -o key-secret=s,iter-time=x x.luks 1M
        create -f luks -b a.img -F raw x.luks
        info --object foo a.img
        info --object secret,id=s0,data=x a.img
        info --object secret,id=s0 a.img
        info --object secret,data=x a.img
        info --object secret,id=s0,file=nope a.img
        info --object secret,id=s0,file=pattern.bin a.img
        info --object secret,id=s0,data=x,format=foo a.img
        info --object secret,id=s0,data=aGVsbG8=,format=base64 a.img
        info --object secret,id=s0,data=x,foo=1 a.img
        info --object foo,id=x a.img
        info --object '' a.img
        info --object secret,id=s0,data=x --object secret,id=s0,data=y a.img
        info --object secret,id=s0,data=x --object secret,id=s1,data=y a.img
        info --object secret,id=0s,data=x a.img
        info --object secret,id=s0,data=x,file=a.img a.img
        info --object throttle-group,id=t0,x-iops-total=10 a.img
        info --object throttle-group,id=t0,limits.iops-total=10 a.img
        info --object throttle-group,id=t0,x-foo=10 a.img
        info --object
        create --object foo x.img 1M
        create --object secret,id=s0,data=x x.img 1M
        create --image-opts x.img 1M
        check --object foo c.qed
        check --object secret,id=s0,data=x c.qed
        map --object foo a.img
        map --object secret,id=s0,data=x a.img
        resize --object foo a.qed +1M
        measure --object foo a.img
        measure --object secret,id=s0,data=x c.qed
        rebase --object foo -b a.img c.qed
        commit --object foo c.qed
        convert --object foo c.qed x.raw
        convert --object secret,id=s0,data=x c.qed x.raw
        dd --object foo if=a.img of=x.img
        dd --object secret,id=s0,data=x if=c.qed of=x.img
        snapshot --object foo -l a.img
        bitmap --object foo --add a.img b
        amend --object foo -o x=1 a.img
        """;

    private const string Names = """
        info --image-opts a.img
        info --image-opts driver=raw,file.filename=a.img
        info --image-opts driver=raw,file.driver=file,file.filename=a.img
        info --image-opts driver=xx,file.filename=a.img
        info --image-opts driver=raw,file.driver=file,file.filename=nope
        info --image-opts driver=raw,file.driver=file
        info --image-opts driver=raw,file.driver=xx,file.filename=a.img
        info --image-opts driver=raw,foo=1,file.filename=a.img
        info --image-opts driver=raw,file.foo=1,file.filename=a.img
        info --image-opts -f raw driver=raw,file.filename=a.img
        info --image-opts file.filename=a.img
        info --image-opts file.filename=c.qed
        info --image-opts driver=qed,file.filename=c.qed
        info --backing-chain --image-opts driver=qed,file.filename=c.qed
        info --output=json --image-opts driver=qed,file.filename=c.qed
        info --image-opts driver=raw,size=2M,file.filename=a.img
        info --image-opts driver=raw,offset=2M,file.filename=a.img
        info --image-opts driver=raw,file.filename=a.img,file.locking=foo
        info --image-opts driver=raw,file.filename=a.img,file.locking=off
        info --image-opts driver=raw,file.filename=a.img,file.aio=foo
        info --image-opts driver=raw,file.filename=a.img,file.aio=threads
        info --image-opts driver=raw,file.filename=a.img,cache.direct=foo
        info --image-opts driver=raw,file.filename=a.img,cache.no-flush=on
        info --image-opts driver=raw,file.filename=a.img,discard=foo
        info --image-opts driver=raw,file.filename=a.img,detect-zeroes=foo
        info --image-opts driver=raw,file.filename=a.img,detect-zeroes=on
        info --image-opts driver=raw,file.filename=a.img,detect-zeroes=unmap
        info --image-opts driver=raw,file.filename=a.img,detect-zeroes=unmap,discard=unmap
        info --image-opts driver=raw,file.filename=a.img,cache.direct=on,read-only=on,discard=unmap
        info null-co://
        info foo:bar
        info 'json:{"driver":"raw","file":{"driver":"file","filename":"a.img"}}'
        info 'json:{"driver":"raw","file.driver":"file","file.filename":"a.img"}'
        info 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}'
        info 'json:{"file":{"filename":"c.qed"}}'
        info --backing-chain 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}'
        info 'json:{"driver":"raw"}'
        info 'json:{"driver":"xx"}'
        info 'json:{'
        info 'json:[]'
        info 'json:{"driver":"raw","file":{"driver":"file","filename":"nope"}}'
        map --image-opts driver=raw,file.filename=a.img
        map --output=json --image-opts driver=raw,file.filename=a.img
        map --output=json --image-opts driver=raw,offset=64k,file.filename=a.img
        map --output=json --image-opts driver=raw,offset=64k,size=32k,file.filename=a.img
        map --output=json --image-opts driver=qed,file.filename=c.qed
        map 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}'
        check --image-opts driver=qed,file.filename=c.qed
        check --image-opts driver=raw,file.filename=a.img
        check 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}'
        compare --image-opts driver=raw,file.filename=a.img driver=raw,file.filename=a.img
        compare --image-opts driver=qed,file.filename=c.qed driver=raw,file.filename=c.raw
        compare 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}' c.raw
        convert --image-opts -O raw driver=qed,file.filename=c.qed x.raw
        convert --image-opts driver=raw,offset=64k,size=128k,file.filename=a.img x.img
        convert -O raw 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}' x.raw
        convert -O qed null-co:// x.qed
        measure --image-opts driver=qed,file.filename=c.qed
        resize --image-opts driver=raw,file.filename=a.img 2M
        commit --image-opts driver=qed,file.filename=c.qed
        rebase --image-opts -u -b a.img -F raw driver=qed,file.filename=c.qed
        create -f raw 'json:{"driver":"raw"}' 1M
        create -f qed -b 'json:{"driver":"raw","file":{"driver":"file","filename":"a.img"}}' -F raw x.qed
        create -f qed -b 'json:{"driver":"raw","file":{"driver":"file","filename":"nope"}}' -F raw x.qed
        snapshot -l --image-opts driver=raw,file.filename=a.img
        """;

    private const string Filters = """
        info blkdebug:nope:a.img
        info blkdebug:a.img
        io -c 'read 0 512' blkdebug:bad.conf:a.img
        io -c 'read 0 512' -c 'read 0 512' -f raw blkdebug:rules.conf:a.img
        io -c 'read 0 512' --image-opts driver=blkdebug,image.filename=a.img
        io -c 'write 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=write_aio,RULE.errno=28
        io -c 'write 0 512' -c 'read 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=write_aio
        io -c 'write 0 512' -c 'read 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=write_aio,RULE.once=on
        io -c 'write 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=pwritev
        io -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=foo
        io -c 'read 0 512' -c 'read 512 512' -c 'read 0 1024' --image-opts BLKDEBUG,RULE.event=read_aio,RULE.sector=1
        io -c 'write 0 512' -c 'read 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=none,RULE.once=on
        io -c 'write 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=none,RULE.iotype=read
        io -c 'read 0 512' -c 'read 0 512' --image-opts BLKDEBUG,RULE.event=read_aio,RULE.errno=95
        info --image-opts driver=throttle,file.filename=a.img
        info --image-opts driver=throttle,throttle-group=t0,file.filename=a.img
        io -c 'read -P 1 64k 64k' --object throttle-group,id=t0,x-bps-total=100000000 --image-opts THROTTLE
        info --image-opts driver=copy-on-read,file.filename=c.qed
        io -c 'read 64k 64k' -c 'alloc 64k 64k' --image-opts COPYING
        info --image-opts driver=compress,file.filename=c.qed
        info --image-opts driver=compress,file.driver=qed,file.file.filename=c.qed
        io -c 'write 0 64k' --image-opts driver=compress,file.driver=qed,file.file.filename=c.qed
        io -c length -f raw null-co://
        io -c 'read -P 0 0 4k' --image-opts driver=null-co,size=1M,read-zeroes=on
        io -c 'write -P 5 0 4k' -c 'read -P 0 0 4k' -c map --image-opts driver=null-co,size=1M,read-zeroes=on
        """;

    private const string Unsupported = """
        snapshot -l a.img
        snapshot -l a.qed
        snapshot c.qed
        snapshot -l v.vdi
        snapshot -l s.qcow2
        snapshot -U -l s.qcow2
        info s.qcow2
        info --output=json s.qcow2
        snapshot -a first s.qcow2
        snapshot -a nope s.qcow2
        snapshot -a 1 s.qcow2
        snapshot -d nope s.qcow2
        snapshot -d 1 s.qcow2
        convert -l nope s.qcow2 x.raw
        convert -l 1 s.qcow2 x.raw
        convert -l snapshot.id=1 s.qcow2 x.raw
        convert -l snapshot.name=nope,snapshot.id=1 s.qcow2 x.raw
        convert -l snapshot.foo=1 s.qcow2 x.raw
        convert -l 1 -f raw a.img x.raw
        convert -l 1 s.qcow2 s.qcow2 x.raw
        snapshot -c x a.qed
        snapshot -c x v.vdi
        snapshot -q -c x v.vdi
        snapshot -a x a.qed
        snapshot -d x a.qed
        snapshot -d x p.prl
        snapshot
        snapshot -c
        snapshot -l -c x a.qed
        snapshot -a x -d x a.qed
        snapshot -l nope
        snapshot a b
        snapshot --wrong a
        bitmap
        bitmap a.img
        bitmap --add a.qed
        bitmap --add a.qed b
        bitmap --add m.qcow2 a
        bitmap --add --disable -g 4096 m.qcow2 a
        bitmap --add --merge b --clear --enable m.qcow2 a
        bitmap --add --remove m.qcow2 a
        bitmap --add m.qcow2 b
        bitmap --add -g 511 m.qcow2 a
        bitmap --add -g 4G m.qcow2 a
        bitmap --merge nope m.qcow2 b
        bitmap --merge c -f qcow2 m.qcow2 b
        bitmap --merge b -b s.qcow2 -F qcow2 m.qcow2 b
        bitmap --clear m.qcow2 b
        bitmap --clear m.qcow2 nope
        bitmap --remove m.qcow2 b
        bitmap --remove m.qcow2 nope
        info m.qcow2
        convert --bitmaps -O qcow2 m.qcow2 y.qcow2
        convert --bitmaps -O raw m.qcow2 y.raw
        convert --bitmaps -f raw -O qcow2 a.img y.qcow2
        convert --skip-broken-bitmaps -O qcow2 m.qcow2 y.qcow2
        convert --bitmaps m.qcow2 m.qcow2 y.raw
        bitmap a.qed b
        bitmap --add v.vdi b
        bitmap --remove a.qed b
        bitmap --clear a.qed b
        bitmap --enable a.qed b
        bitmap --disable v.vdi b
        bitmap --merge x a.qed b
        bitmap --add -f raw a.img b
        bitmap -g 64k --add a.qed b
        bitmap -g 64k --clear a.qed b
        bitmap -g 1x --add a.qed b
        bitmap -b x --add a.qed b
        bitmap -F raw --merge x a.qed b
        bitmap --add -f xx a.qed b
        bitmap --add a.qed b c
        bitmap --add nope b
        bitmap --wrong a.qed b
        amend
        amend a.qed
        amend -o foo=1 a.qed
        amend -f raw -o size=1M a.img
        amend -f qed -o help
        amend -f vdi -o help v.vdi
        amend -f xx -o help a.qed
        amend -o help
        amend -o help a.qed
        amend -t foo -o x=1 a.qed
        amend -t none -o x=1 v.vdi
        amend -f xx -o x=1 a.qed
        amend -o x=1
        amend -o x=1 a b
        amend -o x=1 nope
        amend -o , a.qed
        amend -p -q -o x=1 a.qed
        amend --force -o x=1 p.prl
        amend -o
        amend --wrong
        """;

    private const string Io = """
        io -c length -f raw a.img
        io -c length -r a.img
        io --cmd=length -f raw a.img
        io --cmd length --format raw a.img
        io --read-only --format=raw -c length a.img
        io -f raw -m -c length a.img
        io -f raw -k -c length a.img
        io -f raw -i threads -c length a.img
        io -f raw -n -i native -c length a.img
        io -f raw -i foo -c length a.img
        io -f raw --aio=foo -c length a.img
        io -f raw -t foo -c length a.img
        io -f raw -d foo -c length a.img
        io -f raw -d unmap -c length a.img
        io -f raw --discard=off -t none -c length a.img
        io -f raw --cache writethrough -c length a.img
        io -U -f raw -c length a.img
        io -U -r -f raw -c length a.img
        io -U -c length --image-opts driver=raw,file.filename=a.img
        io -f xx -c length a.img
        io -T foo -f raw -c length a.img
        io -f raw --object secret,id=a,data=x -c length a.img
        io --object foo a.img
        io -f raw --image-opts driver=raw,file.filename=a.img -c length
        io --image-opts -c length driver=raw,file.filename=a.img
        io --image-opts -c length driver=xx,file.filename=a.img
        io -c length nope
        io -f raw -c quit -c length a.img
        io -f raw -c 'open a.img' a.img
        io -r -f raw -c 'write 0 512' a.img
        io -c 'open -o driver=raw,file.filename=a.img' -c length
        io -c 'open -o driver=raw a.img' -c length
        io -c 'open -r a.img' -c length -c close -c length
        io -c 'open nope'
        io -c length
        io -c bad
        io -c 'read 0 4k' 'json:{"driver":"qed","file":{"driver":"file","filename":"c.qed"}}'
        """;
}
