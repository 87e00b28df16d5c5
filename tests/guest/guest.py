"""A Linux guest in an emulator, whose disk is an NBD export."""
import queue
import subprocess
import threading

PATIENCE_SECONDS = 120


class Guest:
    """Boots; says in lines on its console what it does."""

    def __init__(self, system, socket, export):
        # The disk comes back when its server does: requests wait for that meanwhile.
        disk = (f"nbd,node-name=disk,server.type=unix,server.path={socket},export={export},"
                "reconnect-delay=60,discard=unmap")
        self._process = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "256M", "-machine", "q35",
             "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-serial", "stdio",
             "-kernel", f"{system}/kernel", "-initrd", f"{system}/initramfs", "-blockdev", disk,
             "-device", "virtio-blk-pci,drive=disk", "-append",
             "console=ttyS0 quiet panic=-1 no_timer_check tsc=unstable mitigations=off random.trust_cpu=on"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        self._console = queue.Queue()
        self._said = []
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_until_ready(self):
        """Returns when it has booted and found its disk as it was made."""
        self._wait_for("GUEST-READY")

    def rounds(self, count):
        """Returns when it has written and verified so many times more."""
        while not self._console.empty():
            self._next()
        for _ in range(count):
            self._wait_for("GUEST-ROUND")

    def stop(self):
        """Lets it verify everything once more, and power off."""
        self._process.stdin.write("stop\n")
        self._process.stdin.flush()
        self._wait_for("GUEST-RESULT pass")
        self._process.wait(PATIENCE_SECONDS)

    def kill(self):
        """Makes sure that nothing is left of it."""
        self._process.kill()
        self._process.wait()

    def _listen(self):
        for line in self._process.stdout:
            self._console.put(line.strip())
        self._console.put(None)

    def _next(self):
        try:
            line = self._console.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            line = None
        if line is None or line.startswith(("GUEST-FAIL", "GUEST-RESULT fail")):
            raise RuntimeError("the guest: " + "\n".join(self._said[-20:] + [line or "nothing more from it"]))
        self._said.append(line)
        return line

    def _wait_for(self, beginning):
        while not self._next().startswith(beginning):
            pass
