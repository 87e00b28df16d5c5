"""A client that writes to a part of a disk of its own, and knows what must be there."""
import random

import nbd

BLOCK_BYTES = 4096

# Writes to these may be cut off, and arrive late: they are written with the same data always.
STEADY_BLOCKS = 8


class Client:
    """One connection at a time; a thread of its own runs it."""

    def __init__(self, socket, number, block_count):
        self._socket, self._first, self._count = socket, number * block_count, block_count
        self._random = random.Random(number)
        self._fills = [0] * block_count  # the byte that fills each block
        self.request_count = self.cut_count = 0
        self._connection = self._connect()
        for block in range(STEADY_BLOCKS):
            self._write(block, 1 + number % 255)

    def run(self, must_stop):
        """Requests until it must stop, and one look at everything then."""
        while not must_stop():
            chance = self._random.random()
            block = self._random.randrange(STEADY_BLOCKS, self._count)
            if chance < 0.5:
                self._write(block, self._random.randrange(1, 256))
            elif chance < 0.55:
                self._connection.zero(BLOCK_BYTES, self._offset(block))
                self._fills[block] = 0
            elif chance < 0.56:
                self._cut_off()
            else:
                self._verify(self._random.randrange(self._count))
            self.request_count += 1
        for block in range(self._count):
            self._verify(block)
        self._connection.shutdown()

    def expected(self):
        """What its part of the disk holds."""
        return b"".join(bytes([fill]) * BLOCK_BYTES for fill in self._fills)

    def _connect(self):
        connection = nbd.NBD()
        connection.set_export_name("disk")
        connection.connect_unix(self._socket)
        return connection

    def _offset(self, block):
        return (self._first + block) * BLOCK_BYTES

    def _write(self, block, fill):
        self._connection.pwrite(bytes([fill]) * BLOCK_BYTES, self._offset(block))
        self._fills[block] = fill

    def _verify(self, block):
        data = self._connection.pread(BLOCK_BYTES, self._offset(block))
        if data != bytes([self._fills[block]]) * BLOCK_BYTES:
            raise RuntimeError(
                f"block {self._first + block} should hold {self._fills[block]:02x}, and begins {data[:8].hex()}")

    def _cut_off(self):
        """Leaves with requests in flight, without a word."""
        in_flight = []
        for block in range(STEADY_BLOCKS):
            data = nbd.Buffer.from_bytearray(bytearray([self._fills[block]]) * BLOCK_BYTES)
            self._connection.aio_pwrite(data, self._offset(block))
            in_flight += [data, nbd.Buffer(BLOCK_BYTES)]
            self._connection.aio_pread(in_flight[-1], self._offset(block))
        self._connection.poll(0)
        self._connection = self._connect()
        self.cut_count += 1
