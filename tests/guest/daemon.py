"""A storage daemon, and a client of its monitor."""
import json
import socket
import subprocess
import time

PATIENCE_SECONDS = 60


class Daemon:
    """Serves the node "disk" as the export "guest", and obeys."""

    def __init__(self, program, folder, *nodes):
        self.nbd = f"{folder}/nbd.sock"
        self._path = f"{folder}/qmp.sock"
        options = [word for node in nodes for word in ("--blockdev", node)]
        self._process = subprocess.Popen(
            [*program, "daemon", *options, "--nbd-server", f"addr.type=unix,addr.path={self.nbd}",
             "--export", "nbd,id=e,node-name=disk,name=guest,writable=on",
             "--chardev", f"socket,id=c,path={self._path},server=on,wait=off", "--monitor", "chardev=c"], cwd=folder)
        self._stream = self._connect().makefile("rw")
        self._events = []
        self._read()
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        """Sends a command, which must succeed; what it returns."""
        words = {key.replace("_", "-"): value for key, value in arguments.items()}
        self._stream.write(json.dumps({"execute": name, "arguments": words}) + "\n")
        self._stream.flush()
        while True:
            message = self._read()
            if "error" in message:
                raise RuntimeError(f"{name}: {message['error']['desc']}")
            if "return" in message:
                return message["return"]

    def wait(self, event, job):
        """Returns when the event has come."""
        while not any(seen["event"] == event and job in seen["data"].values() for seen in self._events):
            self._read()
        failure = next((seen["data"]["error"] for seen in self._events if "error" in seen["data"]), None)
        if failure:
            raise RuntimeError(f"{job}: {failure}")

    def require_running(self, job):
        """The job is still at work; how far it is."""
        found = next((known for known in self.command("query-jobs") if known["id"] == job), None)
        if found is None or found["status"] != "running":
            raise RuntimeError(f"{job} should be at work, and is {found}")
        return found["current-progress"]

    def quit(self):
        """Asks it to end, which must succeed."""
        self.command("quit")
        if self._process.wait(PATIENCE_SECONDS) != 0:
            raise RuntimeError(f"the daemon's exit code is {self._process.returncode}")

    def kill(self):
        """Ends it in the middle of everything."""
        self._process.kill()
        self._process.wait()

    def _connect(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(self._path)
                return connection
            except OSError:
                connection.close()
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _read(self):
        line = self._stream.readline()
        if not line:
            raise RuntimeError("the daemon has closed its monitor")
        message = json.loads(line)
        if "event" in message:
            self._events.append(message)
        return message
