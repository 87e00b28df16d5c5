#!/usr/bin/env python3
"""qmp-stream.py SOCKET NODE: runs block-stream on a node of a storage daemon and prints the seconds it took."""
import json
import socket
import sys
import time

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
stream = connection.makefile("rw")


def read():
    return json.loads(stream.readline())


def command(name, **arguments):
    stream.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
    stream.flush()
    while True:
        answer = read()
        if "return" in answer:
            return
        if "error" in answer:
            sys.exit(f"{name}: {answer['error']['desc']}")


read()
command("qmp_capabilities")
start = time.monotonic()
command("block-stream", **{"job-id": "stream", "device": sys.argv[2]})
while True:
    event = read()
    if event.get("event") == "BLOCK_JOB_COMPLETED":
        break
if "error" in event["data"]:
    sys.exit("block-stream: " + event["data"]["error"])
print(f"{time.monotonic() - start:.4f}")
