#!/usr/bin/env python3
"""peak.py COMMAND...: runs it and prints the most memory it had resident, in MiB."""
import resource
import subprocess
import sys

subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.1f}")
