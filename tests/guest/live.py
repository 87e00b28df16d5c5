#!/usr/bin/env python3
"""live.py SYSTEM SCENARIO... -- PROGRAM...: copies of a disk that a Linux guest writes to and verifies all the while.

SYSTEM is what install.sh has made, PROGRAM what starts blockgen. Ends with "N passed, N failed".
"""
import sys
import tempfile
import time
import traceback
from pathlib import Path

import disk
from daemon import Daemon
from guest import Guest

# Bytes a second: the guest gets some rounds done before a job at that speed ends.
SLOW = 3 << 20
SLOW_FOR_AN_OVERLAY = 256 << 10


class Machine:
    """A guest, its disk in a folder, and the daemon that serves it."""

    def __init__(self, program, folder, disk_format):
        self._program, self.folder, self._format = program, folder, disk_format
        self.top = f"{folder}/top.{disk_format}"
        self.daemon = self.guest = None
        self._was_killed = False

    def boot(self, system):
        """Makes the disk, serves it and starts the guest."""
        disk.make(f"{self.folder}/base.img")
        self.tool("create", "-q", "-f", self._format, "-b", f"{self.folder}/base.img", "-F", "raw", self.top)
        self.start()
        self.guest = Guest(system, self.daemon.nbd, "guest")
        self.guest.wait_until_ready()

    def tool(self, *words):
        """Runs blockgen."""
        return disk.run(*self._program, *words)

    def start(self):
        """Starts the daemon, also over what one that was killed has left."""
        node = f"{self._format},node-name=disk,file.driver=file,file.filename={self.top},discard=unmap"
        self.daemon = Daemon(self._program, self.folder, node)

    def rounds_during(self, job, count):
        """The guest works while the job does."""
        before = self.daemon.require_running(job)
        self.guest.rounds(count)
        if self.daemon.require_running(job) == before:
            raise RuntimeError(f"{job} got nowhere while the guest worked")

    def speed_up(self, job):
        """As fast as it can."""
        self.daemon.command("block-job-set-speed", device=job, speed=0)

    def finish(self, image):
        """The guest and the daemon end; the image holds what the guest has written."""
        self.guest.stop()
        self.daemon.quit()
        return disk.verify(image, may_leak=self._was_killed)

    def kill_daemon(self):
        """Ends it in the middle of everything."""
        self.daemon.kill()
        self._was_killed = True
        disk.check(self.top, may_leak=True)

    def kill(self):
        """Makes sure that nothing is left of both."""
        for started in (self.guest, self.daemon):
            if started:
                started.kill()


def stream(machine):
    """The base is copied into the overlay, which stands alone afterwards."""
    machine.daemon.command("block-stream", job_id="j", device="disk", speed=SLOW)
    machine.rounds_during("j", 3)
    machine.speed_up("j")
    machine.daemon.wait("BLOCK_JOB_COMPLETED", "j")
    machine.guest.rounds(2)
    Path(machine.folder, "base.img").unlink()
    return machine.finish(machine.top)


def commit(machine):
    """The overlay is copied into the base, which the guest uses afterwards."""
    machine.guest.rounds(2)
    machine.daemon.command("block-commit", job_id="j", device="disk", speed=SLOW_FOR_AN_OVERLAY)
    return complete(machine, f"{machine.folder}/base.img")


def mirror(machine):
    """The disk is copied into a new image, which the guest uses afterwards."""
    target = f"{machine.folder}/new.qcow2"
    machine.tool("create", "-q", "-f", "qcow2", target, disk.DISK_BYTES)
    machine.daemon.command(
        "blockdev-add", driver="qcow2", node_name="new", file={"driver": "file", "filename": target})
    machine.daemon.command("blockdev-mirror", job_id="j", device="disk", target="new", sync="full", speed=SLOW)
    return complete(machine, target)


def complete(machine, target):
    """The guest works before the job is ready, while it is, and after it has gone over to the target."""
    machine.rounds_during("j", 2)
    machine.speed_up("j")
    machine.daemon.wait("BLOCK_JOB_READY", "j")
    machine.guest.rounds(2)
    machine.daemon.command("block-job-complete", device="j")
    machine.daemon.wait("BLOCK_JOB_COMPLETED", "j")
    machine.guest.rounds(2)
    return machine.finish(target)


def kill(machine):
    """The daemon is killed in the middle of streaming; the guest waits for the next one, and goes on."""
    machine.daemon.command("block-stream", job_id="j", device="disk", speed=SLOW)
    machine.rounds_during("j", 2)
    machine.kill_daemon()
    machine.start()
    machine.guest.rounds(2)
    return stream(machine)


SCENARIOS = {
    "stream": ("qcow2", stream),
    "stream-qed": ("qed", stream),
    "commit": ("qcow2", commit),
    "mirror": ("qcow2", mirror),
    "kill": ("qcow2", kill),
    "kill-qed": ("qed", kill),
}


def run(name, system, program):
    """One scenario; whether it passed."""
    disk_format, act = SCENARIOS[name]
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="guest") as folder:
        machine = Machine(program, folder, disk_format)
        try:
            machine.boot(system)
            count = act(machine)
            print(f"{name}: passed, {count} files verified, {time.monotonic() - start:.0f} s", flush=True)
            return True
        except Exception:
            traceback.print_exc()
            print(f"{name}: failed", flush=True)
            return False
        finally:
            machine.kill()


def main():
    """Runs the scenarios that are named, or all."""
    words, program = sys.argv[1:], []
    if "--" in words:
        words, program = words[:words.index("--")], words[words.index("--") + 1:]
    system, names = words[0], words[1:] or list(SCENARIOS)
    results = [run(name, system, program) for name in names]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
