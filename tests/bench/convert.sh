# Converting a half-filled image of 1 GiB, with the same cache mode on both sides. A virtual machine may have to ask its
# host for the memory that a run writes to, which takes several times as long as the run: so there are many runs, the
# first of which is not counted, and the two sides take turns at being the first.
convert_once() {
  rm -f "$work/to"
  seconds "$1" convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to"
}

half_filled() {
  truncate -s 1G "$work/half.raw"
  for ((i = 0; i < 16; i++)); do
    head -c 32M /dev/urandom | dd of="$work/half.raw" bs=1M seek=$((i * 64)) conv=notrunc status=none
  done
}

half_filled
for format in qed vdi parallels qcow2; do
  qemu-img convert -f raw -O "$format" "$work/half.raw" "$work/half.$format"
  for direction in "raw $format" "$format raw"; do
    read -r from to <<<"$direction"
    : >"$work/ours"; : >"$work/peer"
    for ((run = -1; run < runs * 3; run++)); do
      if ((run % 2)); then ours_took=$(convert_once "$blockgen"); fi
      peer_took=$(convert_once qemu-img)
      if ((run % 2 == 0)); then ours_took=$(convert_once "$blockgen"); fi
      if ((run >= 0)); then echo "$ours_took" >>"$work/ours"; echo "$peer_took" >>"$work/peer"; fi
    done
    row "convert $from to $to, 1 GiB half filled" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower

    rm -f "$work/to"
    peak "$blockgen" convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >"$work/ours"
    rm -f "$work/to"
    peak qemu-img convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >"$work/peer"
    row "  its memory, 64 MiB at most" "$(cat "$work/ours")" "$(cat "$work/peer")" MiB lower
  done
done
