# Reading the tables of a fragmented image with a disk of 100 GiB, and starting up.
/usr/bin/env python3 "$here/fragmented-qed.py" "$work/fragmented.qed" 100
for verb in info check map --version; do
  arguments=("$verb"); [ "$verb" = --version ] || arguments+=("$work/fragmented.qed")
  : >"$work/ours"; : >"$work/peer"
  for ((run = 0; run < runs * 3; run++)); do
    seconds "$blockgen" "${arguments[@]}" >>"$work/ours"
    seconds qemu-img "${arguments[@]}" >>"$work/peer"
  done
  row "$verb, 100 GiB in fragments" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower
done
