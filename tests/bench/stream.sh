# Streaming and copy-on-read. QEMU's base is behind nbdkit's delay filter, ours behind an injected latency.
mib=512 delay=20

qemu_slow_stream() {
  rm -f "$work/overlay.qed" "$work/nbd.sock"
  qemu-img create -q -f qed "$work/overlay.qed" "${mib}M"
  nbdkit -U "$work/nbd.sock" -P "$work/nbdkit.pid" --filter=delay file "$work/base.raw" rdelay="${delay}ms"
  daemon_stream \
    --blockdev "nbd,node-name=base-nbd,server.type=unix,server.path=$work/nbd.sock,read-only=on" \
    --blockdev "raw,node-name=base,file=base-nbd,read-only=on" \
    --blockdev "file,node-name=overlay-file,filename=$work/overlay.qed" \
    --blockdev "qed,node-name=overlay,file=overlay-file,backing=base"
  kill "$(cat "$work/nbdkit.pid")"
}

qemu_empty_stream() {
  rm -f "$work/empty.qed" "$work/base.qed"
  qemu-img create -q -f qed "$work/base.qed" 1T
  qemu-img create -q -f qed "$work/empty.qed" 1T
  daemon_stream \
    --blockdev "file,node-name=base-file,filename=$work/base.qed,read-only=on" \
    --blockdev "qed,node-name=base,file=base-file,read-only=on" \
    --blockdev "file,node-name=overlay-file,filename=$work/empty.qed" \
    --blockdev "qed,node-name=overlay,file=overlay-file,backing=base"
}

qemu_local_stream() {
  rm -f "$work/overlay.qed"
  qemu-img create -q -f qed "$work/overlay.qed" "${mib}M"
  daemon_stream \
    --blockdev "file,node-name=base-file,filename=$work/base.raw,read-only=on" \
    --blockdev "raw,node-name=base,file=base-file,read-only=on" \
    --blockdev "file,node-name=overlay-file,filename=$work/overlay.qed" \
    --blockdev "qed,node-name=overlay,file=overlay-file,backing=base"
}

head -c "${mib}M" /dev/urandom >"$work/base.raw"
: >"$work/ours"; : >"$work/peer"
for ((run = 0; run < runs; run++)); do
  # Ours is the whole command, QEMU's only the job.
  rm -f "$work/overlay.qed"
  qemu-img create -q -f qed -b "$work/base.raw" -F raw "$work/overlay.qed"
  seconds "$blockgen" stream "$work/overlay.qed" >>"$work/ours"
  qemu_local_stream >>"$work/peer"
done
row "stream a local base of $mib MiB" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower

: >"$work/ours"; : >"$work/peer"
for ((run = 0; run < runs; run++)); do
  $ours stream "$mib" "$delay" >>"$work/ours"
  # One run of QEMU's takes as long as all of ours: three are enough.
  if [ "$run" -lt 3 ]; then qemu_slow_stream | awk -v mib="$mib" '{ printf "%.1f\n", mib / $1 }' >>"$work/peer"; fi
done
row "stream $mib MiB, $delay ms latency" "$(median <"$work/ours")" "$(median <"$work/peer")" MiB/s higher

: >"$work/ours"; : >"$work/peer"
for ((run = 0; run < runs; run++)); do
  $ours stream-empty 1024 >>"$work/ours"
  if [ "$run" -lt 3 ]; then qemu_empty_stream >>"$work/peer"; fi
done
row "stream an empty overlay of 1 TiB" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower

: >"$work/ours"
for ((run = 0; run < runs; run++)); do $ours copy-on-read 20 >>"$work/ours"; done
printf '%-52s %12s %12s %-6s\n' "copy-on-read miss, target 5 x slower than backing" "$(median <"$work/ours")" 1 "x of the backing's latency"

printf '%-52s %12s %12s %-6s\n' "longest cancel while the base never answers" "$($ours cancel 50)" 50 "ms at most"
