#!/usr/bin/env bash
# Changes the range tracker, the copy engine and the table cache in hundreds of small ways, and prints how many of the
# changes a test notices.
#   tests/mutation.sh           fails when fewer than 85 percent are noticed
#   tests/mutation.sh FOLDER    also leaves a page that shows each change in a folder
set -Eeuo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
output=${1:-$(mktemp -d)}
dotnet tool restore >/dev/null
dotnet stryker --config-file mutation.json --output "$(realpath -m "$output")" --skip-version-check
