"""The storage daemon that serves the guest's disk."""
import subprocess

from qmp import PATIENCE_SECONDS, Qmp


class Daemon:
    """Serves the node "disk" as the export "guest", and obeys."""

    def __init__(self, program, folder, *nodes):
        self.nbd = f"{folder}/nbd.sock"
        monitor = f"{folder}/qmp.sock"
        options = [word for node in nodes for word in ("--blockdev", node)]
        self.process = subprocess.Popen(
            [*program, "daemon", *options, "--nbd-server", f"addr.type=unix,addr.path={self.nbd}",
             "--export", "nbd,id=e,node-name=disk,name=guest,writable=on",
             "--chardev", f"socket,id=c,path={monitor},server=on,wait=off", "--monitor", "chardev=c"], cwd=folder)
        self._monitor = Qmp(monitor, lambda: self.process.poll() is None)
        self.command = self._monitor.command

    def wait(self, event, job):
        """Returns when the event has come; a job that has failed is an error."""
        data = self._monitor.wait(event, job)
        if "error" in data:
            raise RuntimeError(f"{job}: {data['error']}")

    def require_running(self, job):
        """The job is still at work; how far it is."""
        found = next((known for known in self.command("query-jobs") if known["id"] == job), None)
        if found is None or found["status"] != "running":
            raise RuntimeError(f"{job} should be at work, and is {found}")
        return found["current-progress"]

    def quit(self):
        """Asks it to end, which must succeed."""
        self.command("quit")
        if self.process.wait(PATIENCE_SECONDS) != 0:
            raise RuntimeError(f"the daemon's exit code is {self.process.returncode}")

    def kill(self):
        """Ends it in the middle of everything."""
        self.process.kill()
        self.process.wait()
