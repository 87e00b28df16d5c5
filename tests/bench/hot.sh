# Requests that hit mapped clusters in memory: what they cost above the copy, and what two threads do on one image.
for access in reads writes; do
  : >"$work/ours"; : >"$work/peer"
  for ((run = 0; run < runs; run++)); do
    read -r image memory <<<"$($ours scaling "$access")"
    echo "$image" >>"$work/ours"; echo "$memory" >>"$work/peer"
  done
  row "two threads' mapped $access, peer: the memory itself" "$(median <"$work/ours")" "$(median <"$work/peer")" \
    x higher
done

$ours --inProcess \
  --job short --iterationCount 10 --filter '*HotPath*' --exporters csv --artifacts "$work/hot" >"$work/hot.log" 2>&1 \
  || { cat "$work/hot.log" >&2; false; }
/usr/bin/env python3 "$here/hot-path.py" "$work"/hot/results/*-report.csv
