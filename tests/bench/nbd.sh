# An image of 1 GiB in the page cache, served over a Unix socket to fio: requests a second and MB/s, against qemu-nbd and,
# on raw, nbdkit. Each server has a file of its own.
ln -sf blockgen "$work/out/qemu-nbd"

# serve NAME PROGRAM FORMAT: starts a server of $work/NAME.FORMAT at $work/NAME.sock.
serve() {
  case $2 in
  nbdkit) nbdkit -P "$work/$1.pid" -U "$work/$1.sock" file "$work/$1.$3" ;;
  *) "$2" -t -e 8 -f "$3" -k "$work/$1.sock" --fork --pid-file "$work/$1.pid" "$work/$1.$3" ;;
  esac
}

# served SOCKET RW BS DEPTH CONNECTIONS: what fio gets out of it: requests a second of 4 KiB, MB/s of more.
served() {
  fio --name=nbd --ioengine=nbd --uri="nbd+unix:///?socket=$1" --rw="$2" --bs="$3" --iodepth="$4" --numjobs="$5" \
    --size=1G --time_based --runtime="${SECONDS_EACH:-2}" --group_reporting --output-format=terse --output="$work/fio" >/dev/null 2>&1
  # Terse fields: 7 and 48 are bandwidths in KiB/s, 8 and 49 requests a second.
  grep '^3;' "$work/fio" | awk -F';' -v size="$3" '{ print size == "4k" ? $8 + $49 : ($7 + $48) / 976.5625 }'
}

for format in raw qed qcow2; do
  mapped "$format"
  mv "$work/mapped.$format" "$work/ours.$format"
  peers=(qemu-nbd); [ "$format" != raw ] || peers+=(nbdkit)
  serve ours "$work/out/qemu-nbd" "$format"
  for peer in "${peers[@]}"; do
    cp "$work/ours.$format" "$work/$peer.$format"
    serve "$peer" "$peer" "$format"
    for job in "randread 4k 1 1" "randwrite 4k 1 1" "randread 4k 32 1" "randwrite 4k 32 1" "read 1M 4 1" "write 1M 4 1" \
      "randread 4k 32 4" "randwrite 4k 32 4" "read 1M 4 4" "write 1M 4 4"; do
      read -ra words <<<"$job"
      : >"$work/ours.figures"; : >"$work/peer.figures"
      for ((run = 0; run < runs; run++)); do
        served "$work/ours.sock" "${words[@]}" >>"$work/ours.figures"
        served "$work/$peer.sock" "${words[@]}" >>"$work/peer.figures"
      done
      unit=MB/s; [ "${words[1]}" != 4k ] || unit=1/s
      row "nbd $format $job, $peer" "$(median <"$work/ours.figures")" "$(median <"$work/peer.figures")" "$unit" higher
    done
    kill "$(cat "$work/$peer.pid")"
    rm "$work/$peer.$format"
  done
  kill "$(cat "$work/ours.pid")"
  rm "$work/ours.$format"
done
