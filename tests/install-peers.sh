#!/usr/bin/env bash
# Installs the programs that the tests compare with, when they are missing. Debian and Ubuntu.
set -Eeuo pipefail

declare -A package=([qemu-img]=qemu-utils [qemu-io]=qemu-utils [qemu-storage-daemon]=qemu-system-common [nbdkit]=nbdkit [python3]=python3
  [bximage]=bximage [create_compressed_fs]=cloop-utils [cryptsetup]=cryptsetup-bin
  [nbdinfo]=libnbd-bin [nbdcopy]=libnbd-bin [nbdsh]=python3-libnbd [fio]=fio [openssl]=openssl)
missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
# Native AOT links with a C compiler.
command -v gcc >/dev/null || command -v clang >/dev/null || missing+=(gcc libc6-dev)

if [ "${#missing[@]}" -gt 0 ]; then
  sudo=; [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

for program in "${!package[@]}"; do
  command -v "$program" >/dev/null || { echo "$program is missing and could not be installed" >&2; exit 1; }
done
