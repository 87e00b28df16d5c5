# Reading the tables of fragmented images with a disk of 100 GiB, and starting up.
for format in qed qcow2; do
  image=$work/fragmented.$format
  /usr/bin/env python3 "$here/fragmented-$format.py" "$image" 100
  verbs=(info check map); [ "$format" != qed ] || verbs+=(--version)
  for verb in "${verbs[@]}"; do
    arguments=("$verb"); [ "$verb" = --version ] || arguments+=("$image")
    : >"$work/ours"; : >"$work/peer"
    for ((run = 0; run < runs * 3; run++)); do
      seconds "$blockgen" "${arguments[@]}" >>"$work/ours"
      seconds qemu-img "${arguments[@]}" >>"$work/peer"
    done
    row "$verb, $format of 100 GiB in fragments" "$(median <"$work/ours")" "$(median <"$work/peer")" s lower
  done
done
