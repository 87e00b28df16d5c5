#!/usr/bin/env python3
"""hot-path.py REPORT: what requests through an image cost, from BenchmarkDotNet's report, beside their bounds."""
import csv
import sys

UNITS = {"ns": 1, "μs": 1e3, "us": 1e3, "ms": 1e6}


def nanoseconds(text):
    number, unit = text.replace(",", "").split()
    return float(number) * UNITS[unit]


def allocated(text):
    return 0 if text == "-" else float(text.replace(",", "").split()[0])


with open(sys.argv[1], encoding="utf-8-sig") as report:
    rows = {row["Method"]: row for row in csv.DictReader(report)}
# What else the machine does only adds.
least = {method: nanoseconds(row["Min"]) for method, row in rows.items()}


def bound(name, value, limit, unit):
    print(f"{name:<52} {value:>12.1f} {limit:>12} {unit} at most")


for verb in "Read", "Write":
    image, storage = f"{verb}Image", f"{verb}Storage"
    bound(f"{verb.lower()} 4 KiB, above the copy", least[image] - least[storage], 100, "ns")
    bound(f"{verb.lower()} 4 KiB, allocated", allocated(rows[image]["Allocated"]), 0, "B")
bound("TryMap", least["TryMap"], 20, "ns")
