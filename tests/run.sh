#!/usr/bin/env bash
# Installs the peers that the tests compare with, builds, and runs every test.
#   tests/run.sh            everything
#   tests/run.sh --fast     with fewer seeds, and without the suites that mostly drive other programs
# BLOCKGEN_SEEDS says how many schedules the streaming tests try; with BLOCKGEN_FUZZ=all the generators meet every
# mutation and every combination of their declarations, not a sample.
# Ends with "N passed, N failed"; exits 0 only when nothing failed.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=${CONFIGURATION:-Release}
export BLOCKGEN_SEEDS=${BLOCKGEN_SEEDS:-$([ "${1:-}" = --fast ] && echo 40 || echo 200)}
projects=(tests/BlockGen.Tests tests/BlockGen.Generators.Tests tests/BlockGen.Analyzers.Tests tests/BlockGen.Testing.Tests
  tests/BlockGen.Drivers.Tests)
tests/install-peers.sh
if [ "${1:-}" != --fast ]; then
  projects+=(tests/BlockGen.Cli.Tests tests/BlockGen.Interop.Tests tests/BlockGen.Templates.Tests)
fi

dotnet build BlockGen.sln -c "$configuration" --nologo -v quiet

passed=0 failed=0
for project in "${projects[@]}"; do
  log=$(mktemp)
  status=0
  dotnet test "$project" -c "$configuration" --no-build --nologo 2>&1 | tee "$log" || status=$?
  summary=$(grep -E '^(Passed|Failed)! ' "$log" | tail -n 1 || true)
  count() { sed -n "s/.*$1: *\([0-9]*\).*/\1/p" <<<"$summary"; }
  ran=$(count Passed) broke=$(count Failed) skipped=$(count Skipped)
  passed=$((passed + ${ran:-0}))
  # A suite that says nothing, or skips, has not passed.
  failed=$((failed + ${broke:-0} + ${skipped:-0}))
  if [ "$status" -ne 0 ] && [ "${broke:-0}" -eq 0 ]; then failed=$((failed + 1)); fi
  if [ -z "$summary" ] && [ "$status" -eq 0 ]; then
    echo "$project printed no result" >&2
    failed=$((failed + 1))
  fi
  rm -f "$log"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
