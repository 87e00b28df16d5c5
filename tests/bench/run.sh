#!/usr/bin/env bash
# Measures whole jobs against QEMU in the same run, interleaved, and prints medians and ratios in our favour.
#   tests/bench/run.sh [stream|convert|tables|requests|hot|nbd|live|generator|analysis]...    everything when nothing is named; RUNS=5 sets the number of runs
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. "$here/lib.sh"
runs=${RUNS:-5}
parts=("$@"); [ $# -gt 0 ] || parts=(stream convert tables requests hot nbd live generator analysis)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

tests/install-peers.sh
work=$(mktemp -d); trap 'jobs -p | xargs -r kill 2>/dev/null; rm -rf "$work"' EXIT
dotnet build tests/BlockGen.Benchmarks -c Release -v quiet --nologo
dotnet publish src/BlockGen.Cli -c Release -v quiet --nologo -o "$work/out"
ours="dotnet tests/BlockGen.Benchmarks/bin/Release/net10.0/BlockGen.Benchmarks.dll"
blockgen=$work/out/blockgen

printf '%-52s %12s %12s %-6s %10s\n' "medians of $runs runs" blockgen qemu unit ratio
for part in "${parts[@]}"; do . "$here/$part.sh"; done
