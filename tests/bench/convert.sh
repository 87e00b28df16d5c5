# Converting a half-filled image of 1 GiB, with the same cache mode on both sides.
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
    for ((run = 0; run < runs; run++)); do
      rm -f "$work/to"
      seconds "$blockgen" convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >>"$work/ours"
      rm -f "$work/to"
      seconds qemu-img convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >>"$work/peer"
    done
    row "convert $from to $to, 1 GiB half filled" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower

    rm -f "$work/to"
    peak "$blockgen" convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >"$work/ours"
    rm -f "$work/to"
    peak qemu-img convert -m 16 -W -f "$from" -O "$to" "$work/half.$from" "$work/to" >"$work/peer"
    row "  its memory, 64 MiB at most" "$(cat "$work/ours")" "$(cat "$work/peer")" MiB lower
  done
done
