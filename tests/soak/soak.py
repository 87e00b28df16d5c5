#!/usr/bin/env python3
"""soak.py SECONDS PROGRAM...: clients, connections that are cut, and jobs that come and go, all on one disk.

PROGRAM is what starts blockgen. Ends with "1 passed, 0 failed" when no block was lost and the daemon has not grown.
"""
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from client import BLOCK_BYTES, Client
from qmp import PATIENCE_SECONDS, Qmp

CLIENTS = 64
BLOCKS = 192
DISK_BYTES = CLIENTS * BLOCKS * BLOCK_BYTES

# What memory may be more at the end than after the first third: garbage comes and goes.
SLACK_KIB = 48 << 10


class Daemon:
    """Serves the node "disk" as the export "disk"."""

    def __init__(self, program, folder):
        self._folder = folder
        self.socket = f"{folder}/nbd.sock"
        self.process = subprocess.Popen(
            [*program, "daemon", "--blockdev",
             f"qcow2,node-name=disk,file.driver=file,file.filename={folder}/top.qcow2", "--nbd-server",
             f"addr.type=unix,addr.path={self.socket}", "--export", "nbd,id=e,node-name=disk,name=disk,writable=on",
             "--chardev", f"socket,id=c,path={folder}/qmp.sock,server=on,wait=off", "--monitor", "chardev=c"],
            cwd=folder)
        self.qmp = Qmp(f"{folder}/qmp.sock", lambda: self.process.poll() is None)

    def usage(self):
        """Resident KiB and open handles."""
        process = Path("/proc", str(self.process.pid))
        status = process.joinpath("status").read_text(encoding="ascii").splitlines()
        resident = next(line for line in status if line.startswith("VmRSS:"))
        return int(resident.split()[1]), len(list(process.joinpath("fd").iterdir()))


def run_jobs(daemon, folder, must_stop, program):
    """Starts jobs of every kind and cancels most of them; how many there were."""
    contents, count = random.Random(1), 0
    while not must_stop():
        kind = contents.choice(["stream", "backup", "mirror"])
        job = f"job{count}"
        speed = contents.choice([0, 1 << 20, 8 << 20])
        if kind == "stream":
            daemon.command("block-stream", job_id=job, device="disk", speed=speed)
        else:
            target = f"{folder}/target.qcow2"
            Path(target).unlink(missing_ok=True)
            subprocess.run([*program, "create", "-q", "-f", "qcow2", target, str(DISK_BYTES)], check=True)
            daemon.command(
                "blockdev-add", driver="qcow2", node_name="target", file={"driver": "file", "filename": target})
            daemon.command(f"blockdev-{kind}", job_id=job, device="disk", target="target", sync="full", speed=speed)
        deadline = time.monotonic() + contents.random()
        while time.monotonic() < deadline and any(known["id"] == job for known in daemon.command("query-jobs")):
            time.sleep(0.05)
        cancel(daemon, job)
        daemon.wait("JOB_STATUS_CHANGE", job)
        while any(known["id"] == job for known in daemon.command("query-jobs")):
            time.sleep(0.01)
        daemon.events.clear()
        if kind != "stream":
            daemon.command("blockdev-del", node_name="target")
        count += 1
    return count


def cancel(daemon, job):
    """Cancels it, unless it has ended by itself."""
    try:
        daemon.command("job-cancel", id=job)
    except RuntimeError as refusal:
        if "not found" not in str(refusal) and "cannot accept" not in str(refusal):
            raise


def soak(seconds, program, folder):
    """Raises what went wrong."""
    base, top = Path(folder, "base.img"), Path(folder, "top.qcow2")
    base.write_bytes(bytes(DISK_BYTES))
    subprocess.run([*program, "create", "-q", "-f", "qcow2", "-b", str(base), "-F", "raw", str(top)], check=True)
    daemon = Daemon(program, folder)
    failures, job_counts = [], []
    end = time.monotonic() + seconds
    must_stop = lambda: bool(failures) or time.monotonic() > end

    def guarded(work):
        try:
            work()
        except Exception:
            failures.append(traceback.format_exc())

    try:
        clients = [Client(daemon.socket, number, BLOCKS) for number in range(CLIENTS)]
        threads = [threading.Thread(target=guarded, args=(lambda client=client: client.run(must_stop),))
                   for client in clients]
        threads.append(threading.Thread(target=guarded, args=(
            lambda: job_counts.append(run_jobs(daemon.qmp, folder, must_stop, program)),)))
        for thread in threads:
            thread.start()
        while time.monotonic() < end - seconds * 2 / 3 and not failures:
            time.sleep(0.1)
        early = daemon.usage()
        for thread in threads:
            thread.join()
        if failures:
            raise RuntimeError(failures[0])
        late = daemon.usage()
        daemon.qmp.command("quit")
        if daemon.process.wait(PATIENCE_SECONDS) != 0:
            raise RuntimeError(f"the daemon's exit code is {daemon.process.returncode}")
    finally:
        daemon.process.kill()
        daemon.process.wait()
    print(f"{sum(client.request_count for client in clients)} requests, {sum(client.cut_count for client in clients)} "
          f"connections cut, {job_counts[0]} jobs; {early[0]} to {late[0]} KiB, {early[1]} to {late[1]} handles")
    verify(top, clients, folder)
    if late[0] > early[0] + SLACK_KIB or late[1] > early[1]:
        raise RuntimeError("the daemon has grown")


def verify(top, clients, folder):
    """The image is sound, and holds what the clients know of."""
    subprocess.run(["qemu-img", "check", "-q", str(top)], check=True)
    raw = Path(folder, "disk.raw")
    subprocess.run(["qemu-img", "convert", "-O", "raw", str(top), str(raw)], check=True)
    if raw.read_bytes() != b"".join(client.expected() for client in clients):
        raise RuntimeError("the image is not what its clients wrote")


def main():
    """Runs it in a folder of its own."""
    seconds, program = float(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        try:
            soak(seconds, program, folder)
        except Exception:
            traceback.print_exc()
            print("0 passed, 1 failed")
            return 1
    print("1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
