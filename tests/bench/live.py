#!/usr/bin/env python3
"""live.py latency|origin|cancel|memory DAEMON: one figure about a storage daemon that takes QEMU's options.

latency: 99 % of a guest's requests while its disk is streamed, as a multiple of those while it is not.
origin: MiB/s of a stream from an NBD server 20 ms away.
cancel: milliseconds from a cancel to its event while the origin does not answer.
memory: KiB that one more export takes.
"""
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qmp import PATIENCE_SECONDS, Qmp

GUEST_MIB = 64
RUN_SECONDS = 3
ORIGIN_MIB = 128
EXPORTS = 100


class Daemon:
    """A daemon with a monitor and an NBD server."""

    def __init__(self, program, folder, *options):
        self.nbd = f"{folder}/nbd.sock"
        self._process = subprocess.Popen(
            [program, "--nbd-server", f"addr.type=unix,addr.path={self.nbd}", *options, "--chardev",
             f"socket,id=c,path={folder}/qmp.sock,server=on,wait=off", "--monitor", "chardev=c"], cwd=folder)
        self.qmp = Qmp(f"{folder}/qmp.sock", lambda: self._process.poll() is None)

    def resident_kib(self):
        """Memory that it occupies now."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])

    def end(self):
        """Ends it."""
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)


def origin(folder, *words):
    """An NBD server that answers from a pattern."""
    socket = f"{folder}/origin.sock"
    subprocess.run(["nbdkit", "-P", f"{folder}/origin.pid", "-U", socket, *words], check=True)
    return f"nbd+unix:///?socket={socket}"


def overlay(folder, backing):
    """The options of an export of an overlay over it."""
    path = f"{folder}/top.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", backing, path], check=True)
    return ["--blockdev", f"qcow2,node-name=disk,file.driver=file,file.filename={path}",
            "--export", "nbd,id=e,node-name=disk,name=disk,writable=on"]


def percentile(daemon):
    """Microseconds that 99 % of a guest's requests take at most."""
    done = subprocess.run(
        ["fio", "--name=guest", "--ioengine=nbd", f"--uri=nbd+unix:///disk?socket={daemon.nbd}", "--rw=randrw",
         "--bs=4k", "--iodepth=1", f"--size={GUEST_MIB}M", "--time_based", f"--runtime={RUN_SECONDS}",
         "--output-format=json"], check=True, stdout=subprocess.PIPE, text=True)
    job = json.loads(done.stdout[done.stdout.index("{"):])["jobs"][0]
    return max(job[kind]["clat_ns"]["percentile"]["99.000000"] for kind in ("read", "write")) / 1000


def latency(program, folder):
    """The stream lasts longer than the guest's requests."""
    daemon = Daemon(program, folder, *overlay(folder, origin(folder, "pattern", "size=64G")))
    try:
        subprocess.run(["qemu-io", "-f", "raw", "-c", f"write -q 0 {GUEST_MIB}M",
                        f"nbd+unix:///disk?socket={daemon.nbd}"], check=True)
        idle = percentile(daemon)
        daemon.qmp.command("block-stream", job_id="j", device="disk")
        streaming = percentile(daemon)
        if not daemon.qmp.command("query-jobs"):
            raise RuntimeError("the stream has ended too soon")
        return streaming / idle
    finally:
        daemon.end()


def far_origin(program, folder):
    """The origin answers each request after 20 ms, several at once."""
    backing = origin(folder, "--filter=delay", "pattern", f"size={ORIGIN_MIB}M", "rdelay=20ms")
    daemon = Daemon(program, folder, *overlay(folder, backing))
    try:
        start = time.monotonic()
        daemon.qmp.command("block-stream", job_id="j", device="disk")
        if "error" in daemon.qmp.wait("BLOCK_JOB_COMPLETED", "j"):
            raise RuntimeError("the stream has failed")
        return ORIGIN_MIB / (time.monotonic() - start)
    finally:
        daemon.end()


def cancel(program, folder):
    """The origin has a request, and does not answer it."""
    backing = origin(folder, "--filter=delay", "pattern", "size=1G", "rdelay=600")
    daemon = Daemon(program, folder, *overlay(folder, backing))
    try:
        daemon.qmp.command("block-stream", job_id="j", device="disk")
        time.sleep(0.3)
        start = time.monotonic()
        daemon.qmp.command("job-cancel", id="j")
        daemon.qmp.wait("BLOCK_JOB_CANCELLED", "j")
        return (time.monotonic() - start) * 1000
    finally:
        daemon.end()


def memory(program, folder):
    """Exports of small raw disks."""
    daemon = Daemon(program, folder)
    try:
        for number in range(EXPORTS + 1):
            if number == 1:
                before = daemon.resident_kib()
            path = f"{folder}/{number}.img"
            with open(path, "wb") as file:
                file.truncate(1 << 20)
            daemon.qmp.command("blockdev-add", driver="raw", node_name=f"n{number}",
                               file={"driver": "file", "filename": path})
            daemon.qmp.command("block-export-add", type="nbd", id=f"e{number}", node_name=f"n{number}", writable=True)
        return (daemon.resident_kib() - before) / EXPORTS
    finally:
        daemon.end()


def main():
    """Prints the figure."""
    figures = {"latency": latency, "origin": far_origin, "cancel": cancel, "memory": memory}
    with tempfile.TemporaryDirectory(prefix="live") as folder:
        try:
            print(f"{figures[sys.argv[1]](sys.argv[2], folder):.2f}")
        finally:
            number = Path(folder, "origin.pid")
            if number.exists():
                subprocess.run(["kill", number.read_text(encoding="ascii").strip()], check=False)


if __name__ == "__main__":
    main()
