# What the measurements share.

# median: the middle one of the numbers on standard input.
median() { sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

# row NAME OURS PEER UNIT higher|lower: prints a line with the ratio in our favour.
row() {
  awk -v name="$1" -v ours="$2" -v peer="$3" -v unit="$4" -v better="$5" 'BEGIN {
    ratio = better == "higher" ? ours / peer : peer / ours
    printf "%-52s %12s %12s %-6s %8.2f x\n", name, ours, peer, unit, ratio }'
}

# seconds COMMAND...: how long it takes. A check that ends with 3 has found lost space, which is no failure.
seconds() {
  local start=$EPOCHREALTIME
  "$@" >/dev/null || [ $? -eq 3 ] || return 1
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.4f\n", b - a }'
}

# peak COMMAND...: the most memory it has resident, in MiB.
peak() { /usr/bin/env python3 "$here/peak.py" "$@"; }

# daemon_stream ARGUMENT...: seconds that qemu-storage-daemon takes to stream its node "overlay", given its block devices.
daemon_stream() {
  local socket=$work/qmp.sock
  rm -f "$socket"
  qemu-storage-daemon "$@" --chardev "socket,id=c,path=$socket,server=on,wait=off" --monitor chardev=c &
  local daemon=$!
  until [ -S "$socket" ]; do sleep 0.05; done
  /usr/bin/env python3 "$here/qmp-stream.py" "$socket" overlay
  kill "$daemon"
  wait "$daemon" 2>/dev/null || true
}

# mapped FORMAT: makes $work/mapped.FORMAT, 1 GiB that is mapped throughout and in the page cache.
mapped() {
  qemu-img create -q -f "$1" "$work/mapped.$1" 1G
  qemu-img bench -f "$1" -w --pattern 1 -s 1M -c 1024 -d 8 "$work/mapped.$1" >/dev/null
}
