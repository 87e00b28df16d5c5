#!/usr/bin/env python3
"""fragmented-qed.py FILE GIB: writes a sparse QED image in which every second cluster is mapped, in random order."""
import random
import struct
import sys

CLUSTER, TABLE = 65536, 4 * 65536
ENTRIES = TABLE // 8

disk = int(sys.argv[2]) << 30
clusters = disk // CLUSTER
leaves = [CLUSTER + TABLE * (1 + i) for i in range(-(-clusters // ENTRIES))]
start = CLUSTER + TABLE * (1 + len(leaves))
mapped = range(0, clusters, 2)
hosts = [start + i * CLUSTER for i in range(len(mapped))]
random.Random(1).shuffle(hosts)
entries = dict(zip(mapped, hosts))
with open(sys.argv[1], "wb") as image:
    image.write(struct.pack("<4sIIIQQQQQII", b"QED\0", CLUSTER, 4, 1, 0, 0, 0, CLUSTER, disk, 0, 0))
    image.seek(CLUSTER)
    image.write(struct.pack(f"<{ENTRIES}Q", *leaves, *[0] * (ENTRIES - len(leaves))))
    for index, leaf in enumerate(leaves):
        first = index * ENTRIES
        image.seek(leaf)
        image.write(struct.pack(f"<{ENTRIES}Q", *[entries.get(first + i, 0) for i in range(ENTRIES)]))
    image.truncate(start + len(mapped) * CLUSTER)
