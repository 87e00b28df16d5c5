# shellcheck shell=sh
# Runs in the guest. The disk holds a file system with files of known contents. Writes more of them, over and over,
# reads all back from the disk each time, and says so; goes on until a line comes from the console.
set -e
files=8 file_bytes=393216
fail() { echo "GUEST-FAIL $*"; exit 1; }

# From the disk, not from the page cache.
verify() { sync; echo 3 >/proc/sys/vm/drop_caches; (cd "/mnt/$1" && sha256sum -c -s sums) || fail "$2: $1 is damaged"; }

tries=0
while [ ! -b /dev/vda ]; do tries=$((tries + 1)); [ $tries -lt 100 ] || fail "no disk"; usleep 100000; done
mount -t ext4 /dev/vda /mnt
verify origin "at the start"
mkdir -p /mnt/guest
{ head -n 1 </dev/ttyS0 >/dev/null; touch /tmp/stop; } &
echo "GUEST-READY"

round=0
while [ ! -e /tmp/stop ]; do
  round=$((round + 1))
  head -c $file_bytes /dev/urandom >"/mnt/guest/$((round % files))"
  # In the middle of a file too: parts of clusters that the layers below may still hold.
  other=/mnt/guest/$(((round + 3) % files))
  dd if=/dev/urandom of=$other bs=1000 seek=$((round % 300)) count=7 conv=notrunc 2>/dev/null
  (cd /mnt/guest && sha256sum ? >sums)
  verify guest "round $round"
  [ $((round % 4)) -ne 0 ] || verify origin "round $round"
  echo "GUEST-ROUND $round"
done

umount /mnt
mount -t ext4 -o ro /dev/vda /mnt
verify guest "after the last round"
verify origin "after the last round"
umount /mnt
