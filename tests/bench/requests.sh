# Many requests of one kind to an image of 1 GiB that is mapped throughout, in the page cache.

# completed COMMAND...: the seconds that it says its requests took.
completed() { "$@" | sed -n 's/^Run completed in \(.*\) seconds\.$/\1/p'; }

for format in raw qed vdi parallels; do
  mapped "$format"
  for options in "" "-w" "-s 64k" "-w -s 64k"; do
    read -ra words <<<"$options -c 100000 -S 64k -f $format $work/mapped.$format"
    : >"$work/ours"; : >"$work/peer"
    for ((run = 0; run < runs; run++)); do
      completed "$blockgen" bench "${words[@]}" >>"$work/ours"
      completed qemu-img bench "${words[@]}" >>"$work/peer"
    done
    row "bench $format ${options:-(4 KiB reads)}" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower
  done
  rm "$work/mapped.$format"
done
