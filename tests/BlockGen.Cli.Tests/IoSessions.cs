namespace BlockGen.Cli.Tests;

/// <summary>Sessions of <c>io</c>: how the image is opened, and the commands one after the other.</summary>
public static class IoSessions
{
    public static TheoryData<string, string> All => new()
    {
        {
            "-f qed c.qed",
            """
            read 0 64k
            read -P 2 512k 64k
            read -P 3 512k 64k
            read -v 512k 40
            read -P 1 -s 10 -l 5 64k 100
            read -P 9 -s 10 -l 5 64k 100
            read -P 1 -s 10 -l 500 0 100
            read -l 4 0 100
            read -v -q 0 4
            r 0 1
            """
        },
        {
            "-f qed c.qed",
            """
            write -P 0xaa 0 64k
            write -P 07 100 3
            write -z 64k 64k
            write -z -u 192k 64k
            write -f 0 512
            write -q 1 512
            write -s pattern.bin 1M 4k
            read -v 1M 40
            write -b 0 64k
            write -c 0 64k
            write -C 0 1k
            w 5 1
            """
        },
        {
            "-f qed c.qed",
            """
            readv 0 64k 64k
            readv -P 0xaa 0 32k 32k
            writev -P 7 0 512 512
            readv -v 0 16 16
            writev -q 0 1k
            readv -P 9 0 1k
            readv 0 1x
            writev -P x 0 1
            """
        },
        {
            "-f qed c.qed",
            """
            aio_read 0 64k
            aio_flush
            aio_write -P 7 0 512
            aio_flush
            aio_write -z 64k 64k
            aio_flush
            aio_read -P 9 0 512
            aio_flush
            aio_read -v 0 20
            aio_flush
            aio_write -P 1
            aio_write 0
            aio_write -u 0 1
            aio_write -z 0 1 1
            aio_read -i 0 1
            aio_write -i 0 1
            aio_read x 1
            aio_read -q 0 20
            """
        },
        {
            "-f qed c.qed",
            """
            alloc 0 64k
            alloc 0
            alloc 0 1M
            alloc 4M 1
            alloc 512k 128k
            alloc 100 1x
            alloc
            alloc -1
            alloc 3M 0
            map
            map 1
            length
            info
            flush
            """
        },
        {
            "-f qed c.qed",
            """
            write 2M 1
            read 2M 1
            write -z 2M 1
            discard 2M 64k
            aio_write 2M 1
            aio_flush
            readv 2M 512
            writev 2M 512
            aio_read 2M 512
            aio_flush
            """
        },
        {
            "-t directsync -f raw a.img",
            """
            write 100 1000
            read -P 0xcd 100 1000
            read 1.5k 0x10
            read 010 1K
            """
        },
        {
            "-r -f raw a.img",
            """
            write 0 512
            read 0 1
            discard 0 512
            write -z 0 512
            aio_write 0 512
            writev 0 512
            flush
            length
            map
            info
            """
        },
        {
            "-f raw a.img",
            """
            read 0 1x
            read x 1
            read
            read 0
            read -P 256 0 1
            read -P 0x1ff 0 1
            read -P x 0 1
            read -Z 0 1
            read -1 1
            read 0 -1
            read -P
            read 0 1 -P
            read 0 3G
            write 0
            write -z -P 1 0 1
            write -u 0 1
            write -n 0 1
            write -s nope 0 1
            write -s /dev/null 0 1
            foo
            help foo
            truncate
            truncate x
            truncate -m foo 1M
            """
        },
        {
            "-f raw a.img",
            """
            truncate 100k
            length
            read -P 1 64k 36k
            truncate -m full 2M
            truncate -m metadata 3M
            length
            read -P 0 100k 1M
            """
        },
        {
            "-f qcow2 s.qcow2",
            """
            truncate 5M
            truncate -m falloc 6M
            length
            write -P 7 4M 64k
            read -P 0 5M 1M
            """
        },
        {
            "-f raw -r a.img",
            """
            truncate 2M
            """
        },
        {
            "-s -f raw a.img",
            """
            write -P 5 64k 64k
            read -P 5 64k 64k
            read -P 1 128k 64k
            close
            open -s a.img
            read -P 1 64k 64k
            """
        },
        {
            "-f raw a.img",
            """
            close
            read 0 1
            open -r a.img
            read 0 1
            open a.img
            close
            open nope
            open
            open -Z a
            open a b
            open -o driver=raw a.img
            length
            reopen -r
            write 0 1
            reopen -w
            write 0 1
            reopen
            reopen -rw
            reopen -x
            reopen -c foo
            sleep 1
            sleep 0x1
            sleep 09
            sleep
            sleep x
            quit
            read 0 1
            """
        },
    };
}
