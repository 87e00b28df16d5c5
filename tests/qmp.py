"""A client of a storage daemon's monitor."""
import json
import socket
import time

PATIENCE_SECONDS = 60


class Qmp:
    """Connects as soon as the daemon listens; a command after the other."""

    def __init__(self, path, is_alive=lambda: True):
        self._stream = self._connect(path, is_alive).makefile("rw")
        self.events = []
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
        """Returns when the event has come; it is looked for among those that have not been waited for."""
        while True:
            for place, seen in enumerate(self.events):
                if seen["event"] == event and job in seen["data"].values():
                    del self.events[:place + 1]
                    return seen["data"]
            self._read()

    def close(self):
        """Leaves."""
        self._stream.close()

    def _connect(self, path, is_alive):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
                return connection
            except OSError:
                connection.close()
                if not is_alive() or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _read(self):
        line = self._stream.readline()
        if not line:
            raise RuntimeError("the daemon has closed its monitor")
        message = json.loads(line)
        if "event" in message:
            self.events.append(message)
        return message
