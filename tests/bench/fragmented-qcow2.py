#!/usr/bin/env python3
"""fragmented-qcow2.py FILE GIB: writes a sparse qcow2 image in which every second cluster is mapped, in random order."""
import random
import struct
import sys

CLUSTER = 65536
ENTRIES = CLUSTER // 8
COUNTS = CLUSTER // 2
UNSHARED = 1 << 63

disk = int(sys.argv[2]) << 30
clusters = disk // CLUSTER
leaf_count = -(-clusters // ENTRIES)
mapped = range(0, clusters, 2)

# Header, table of count blocks, L1 table; then L2 tables, count blocks, data.
before = 3 + leaf_count
blocks = 1
while (before + blocks + len(mapped)) > blocks * COUNTS:
    blocks += 1
first_block, start = before, before + blocks
total = start + len(mapped)
hosts = [(start + i) * CLUSTER for i in range(len(mapped))]
random.Random(1).shuffle(hosts)
entries = dict(zip(mapped, hosts))
with open(sys.argv[1], "wb") as image:
    image.write(struct.pack(">4sIQIIQIIQQIIQQQQII", b"QFI\xfb", 3, 0, 0, 16, disk, 0, leaf_count, 2 * CLUSTER, CLUSTER,
                            1, 0, 0, 0, 0, 0, 4, 104))
    image.seek(CLUSTER)
    image.write(struct.pack(f">{blocks}Q", *[(first_block + i) * CLUSTER for i in range(blocks)]))
    image.seek(2 * CLUSTER)
    image.write(struct.pack(f">{leaf_count}Q", *[(3 + i) * CLUSTER | UNSHARED for i in range(leaf_count)]))
    for leaf in range(leaf_count):
        first = leaf * ENTRIES
        values = [entries[first + i] | UNSHARED if first + i in entries else 0 for i in range(ENTRIES)]
        image.seek((3 + leaf) * CLUSTER)
        image.write(struct.pack(f">{ENTRIES}Q", *values))
    for block in range(blocks):
        image.seek((first_block + block) * CLUSTER)
        image.write(b"\0\1" * min(COUNTS, total - block * COUNTS))
    image.truncate(total * CLUSTER)
