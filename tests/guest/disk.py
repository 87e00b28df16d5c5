"""The guest's disk: made with a file system of known contents, and judged from outside when the guest has gone."""
import hashlib
import os
import random
import subprocess
import tempfile
from pathlib import Path

DISK_BYTES = 64 << 20
ORIGIN_FILES = 40
ORIGIN_FILE_BYTES = 768 << 10

# Exit codes of qemu-img check.
LEAKS = 3
NOTHING_TO_CHECK = 63


def run(*command, accepted=(0,)):
    """Runs a program; what it prints."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120)
    if done.returncode not in accepted:
        raise RuntimeError(f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def make(path):
    """A raw image: a file system that is half full, with the sums of its files in /origin/sums."""
    contents = random.Random(7)
    with tempfile.TemporaryDirectory() as root:
        origin = Path(root, "origin")
        origin.mkdir()
        sums = []
        for number in range(ORIGIN_FILES):
            data = contents.randbytes(ORIGIN_FILE_BYTES - 511 * number)
            Path(origin, f"{number}").write_bytes(data)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {number}\n")
        Path(origin, "sums").write_text("".join(sums), encoding="ascii")
        with open(path, "wb") as file:
            file.truncate(DISK_BYTES)
        run("mke2fs", "-q", "-F", "-t", "ext4", "-d", root, path)


def check(image, may_leak):
    """The image is sound; space that nothing refers to is what a format may leave when it is cut off."""
    run("qemu-img", "check", "-q", image, accepted=(0, LEAKS, NOTHING_TO_CHECK) if may_leak else (0, NOTHING_TO_CHECK))


def verify(image, may_leak):
    """The image is sound, its file system too, and every file is what its sum says. How many files there were."""
    check(image, may_leak)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "disk.raw")
        run("qemu-img", "convert", "-O", "raw", image, raw)
        run("e2fsck", "-f", "-n", raw)
        return sum(_verify_files(raw, name, Path(folder)) for name in ("origin", "guest"))


def _verify_files(raw, name, folder):
    run("debugfs", "-R", f"rdump /{name} {folder}", raw)
    lines = Path(folder, name, "sums").read_text(encoding="ascii").splitlines()
    for line in lines:
        expected, file = line.split()
        actual = hashlib.sha256(Path(folder, name, file).read_bytes()).hexdigest()
        if actual != expected:
            raise RuntimeError(f"{os.path.basename(raw)}: /{name}/{file} is damaged")
    return len(lines)
