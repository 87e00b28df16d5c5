#!/usr/bin/env bash
# Runs the fast suite and prints how many lines and branches of the runtime and of the generators it goes through.
#   tests/coverage.sh           fails below 90 percent of either
#   tests/coverage.sh FOLDER    also leaves a page for each source file in a folder
set -Eeuo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export BLOCKGEN_SEEDS=${BLOCKGEN_SEEDS:-40} BLOCKGEN_SCHEDULES=${BLOCKGEN_SCHEDULES:-40}
configuration=${CONFIGURATION:-Release}
enough=90
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet tool restore >/dev/null
dotnet build BlockGen.sln -c "$configuration" --nologo -v quiet
# As tests/run.sh --fast, without the suites whose work is done in other processes.
for project in BlockGen.Tests BlockGen.Generators.Tests BlockGen.Analyzers.Tests BlockGen.Testing.Tests \
  BlockGen.Drivers.Tests; do
  dotnet test "tests/$project" -c "$configuration" --no-build --nologo \
    --settings tests/coverage.runsettings --collect "XPlat Code Coverage" --results-directory "$results/$project"
done

dotnet reportgenerator "-reports:$results/**/coverage.cobertura.xml" "-targetdir:${1:-$results/report}" \
  "-reporttypes:JsonSummary${1:+;Html}" -verbosity:Error
python3 - "${1:-$results/report}/Summary.json" "$enough" <<'END'
import json, sys

enough, is_enough = float(sys.argv[2]), True
for assembly in json.load(open(sys.argv[1]))["coverage"]["assemblies"]:
    lines, branches = assembly["coverage"], assembly["branchcoverage"]
    is_enough = is_enough and min(lines, branches) >= enough
    print(f"{assembly['name']}: {lines} % of lines, {branches} % of branches")
print("enough" if is_enough else f"FAILED: less than {enough:.0f} %")
sys.exit(not is_enough)
END
