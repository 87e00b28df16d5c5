#!/usr/bin/env bash
# Installs what runs a small Linux guest: an emulator, and a kernel and a shell for it. Debian, x86-64.
#   tests/guest/install.sh FOLDER   leaves the kernel as FOLDER/kernel, and the guest's files in FOLDER/root
set -Eeuo pipefail
folder=${1:?FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
kernel_package=linux-image-cloud-amd64
modules=(virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk)

declare -A package=([qemu-system-x86_64]=qemu-system-x86 [busybox]=busybox-static [cpio]=cpio [debugfs]=e2fsprogs)
missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package[$program]}")
done

sudo=; [ "$(id -u)" -eq 0 ] || sudo=sudo
if [ "${#missing[@]}" -gt 0 ] || [ ! -e "$folder/kernel" ]; then $sudo apt-get update -qq; fi
if [ "${#missing[@]}" -gt 0 ]; then
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

if [ ! -e "$folder/kernel" ]; then
  mkdir -p "$folder"
  parts=$(mktemp -d)
  trap 'rm -rf "$parts"' EXIT
  # Only its files are needed, not a kernel for this machine.
  (cd "$parts" && apt-get download -qq "$(apt-cache depends "$kernel_package" | awk '/Depends:/ { print $2; exit }')")
  dpkg-deb -x "$parts"/*.deb "$parts"
  mkdir -p "$folder/root/bin" "$folder/root/lib"
  for module in "${modules[@]}"; do
    find "$parts/lib/modules" -name "$module.ko" -exec cp {} "$folder/root/lib/" \;
  done
  cp "$parts"/boot/vmlinuz-* "$folder/kernel"
fi

cp "$(command -v busybox)" "$folder/root/bin/busybox"
cp "$here/workload.sh" "$folder/root/"
install -m 755 "$here/init" "$folder/root/init"
(cd "$folder/root" && find . | cpio -o -H newc --quiet) >"$folder/initramfs"
