# The daemon beside QEMU's, with the same options: guests' requests while a disk is streamed, an origin far away, one
# that never answers, and what exports cost.
ln -sf blockgen "$work/out/qemu-storage-daemon"
live() { PYTHONPATH=tests /usr/bin/env python3 -B tests/bench/live.py "$@"; }
daemons() {
  live "$1" "$work/out/qemu-storage-daemon" >>"$work/ours"
  live "$1" qemu-storage-daemon >>"$work/peer"
}

: >"$work/ours"; : >"$work/peer"
for ((run = 0; run < runs; run++)); do daemons latency; done
row "p99 while streaming, times idle; qcow2, 4 KiB" "$(median <"$work/ours")" "$(median <"$work/peer")" x lower

: >"$work/ours"; : >"$work/peer"
for ((run = 0; run < runs; run++)); do
  live origin "$work/out/qemu-storage-daemon" >>"$work/ours"
  if [ "$run" -lt 3 ]; then live origin qemu-storage-daemon >>"$work/peer"; fi
done
row "stream 128 MiB from NBD, 20 ms delay" "$(median <"$work/ours")" "$(median <"$work/peer")" MiB/s higher

: >"$work/ours"
for ((run = 0; run < runs; run++)); do live cancel "$work/out/qemu-storage-daemon" >>"$work/ours"; done
printf '%-52s %12s %12s %-6s\n' "longest cancel while the origin never answers" \
  "$(sort -g "$work/ours" | tail -n 1)" 50 "ms at most"

: >"$work/ours"; : >"$work/peer"
daemons memory
row "memory of one more export of a raw disk" "$(median <"$work/ours")" "$(median <"$work/peer")" KiB lower
