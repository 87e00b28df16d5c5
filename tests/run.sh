#!/usr/bin/env bash
# Installs the peers that the tests compare with, builds, and runs every test.
#   tests/run.sh            everything
#   tests/run.sh --fast     with fewer seeds, and without the suites that mostly drive other programs
#   tests/run.sh --fuzz SECONDS [FORMAT]...   searches so long for files that a driver gets wrong, and saves them
#   tests/run.sh --schedules [SCHEDULES [SCENARIO]...]   explores 10000 schedules of each scenario, and hunts seeded bugs
#   tests/run.sh --guest [SCENARIO]...   runs a Linux guest whose disk is served, and streamed, committed or mirrored meanwhile
#   tests/run.sh --soak SECONDS           64 clients, connections that are cut, and jobs that come and go: nothing lost
# BLOCKGEN_SEEDS says how many disks the streaming tests try, BLOCKGEN_SCHEDULES how many schedules each scenario; with
# BLOCKGEN_FUZZ=all generators and analyzers meet every mutation and every combination of declarations, not a sample.
# Ends with "N passed, N failed"; exits 0 only when nothing failed.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=${CONFIGURATION:-Release}
export BLOCKGEN_SEEDS=${BLOCKGEN_SEEDS:-$([ "${1:-}" = --fast ] && echo 40 || echo 200)}
export BLOCKGEN_SCHEDULES=${BLOCKGEN_SCHEDULES:-$([ "${1:-}" = --fast ] && echo 40 || echo 200)}

if [ "${1:-}" = --schedules ]; then
  schedules=${2:-10000}
  dotnet build tests/BlockGen.Concurrency.Tests -c "$configuration" --nologo -v quiet
  folder=tests/BlockGen.Concurrency.Tests/bin/$configuration/net10.0
  explorer="dotnet $folder/rewritten/BlockGen.Concurrency.Tests.dll"
  scenarios=("${@:3}"); [ $# -gt 2 ] || mapfile -t scenarios < <($explorer list)
  failed=0
  printf '%s\n' "${scenarios[@]}" | xargs -P "$(nproc)" -I{} $explorer explore {} "$schedules" || failed=1
  [ $# -gt 2 ] || dotnet "$folder/BlockGen.Concurrency.Tests.dll" bugs "$schedules" || failed=1
  exit "$failed"
fi

if [ "${1:-}" = --guest ]; then
  tests/install-peers.sh
  system=${BLOCKGEN_GUEST:-${XDG_CACHE_HOME:-$HOME/.cache}/blockgen-guest}
  tests/guest/install.sh "$system"
  dotnet build src/BlockGen.Cli -c "$configuration" --nologo -v quiet
  PYTHONPATH=tests python3 -B tests/guest/live.py "$system" "${@:2}" -- dotnet "$PWD/src/BlockGen.Cli/bin/$configuration/net10.0/BlockGen.Cli.dll"
  exit
fi

if [ "${1:-}" = --soak ]; then
  tests/install-peers.sh
  dotnet build src/BlockGen.Cli -c "$configuration" --nologo -v quiet
  # The system's own Python has the NBD library.
  PYTHONPATH=tests /usr/bin/python3 -B tests/soak/soak.py "${2:?--soak needs a number of seconds}" \
    dotnet "$PWD/src/BlockGen.Cli/bin/$configuration/net10.0/BlockGen.Cli.dll"
  exit
fi

fuzz="dotnet tests/BlockGen.Fuzz/bin/$configuration/net10.0/BlockGen.Fuzz.dll"
if [ "${1:-}" = --fuzz ]; then
  seconds=${2:?--fuzz needs a number of seconds}
  dotnet build tests/BlockGen.Fuzz -c "$configuration" --nologo -v quiet
  formats=("${@:3}"); [ $# -gt 2 ] || mapfile -t formats < <($fuzz --list)
  failed=0
  for format in "${formats[@]}"; do $fuzz "$format" "$seconds" || failed=$((failed + 1)); done
  echo "$((${#formats[@]} - failed)) passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
fi

projects=(tests/BlockGen.Tests tests/BlockGen.Generators.Tests tests/BlockGen.Analyzers.Tests tests/BlockGen.Testing.Tests
  tests/BlockGen.Drivers.Tests tests/BlockGen.Concurrency.Tests)
tests/install-peers.sh
if [ "${1:-}" != --fast ]; then
  projects+=(tests/BlockGen.Cli.Tests tests/BlockGen.Monitor.Tests tests/BlockGen.Interop.Tests tests/BlockGen.Nbd.Tests tests/BlockGen.Templates.Tests)
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

# A short search with each format; --fuzz is the long one.
for format in $($fuzz --list); do
  if $fuzz "$format" 5; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
