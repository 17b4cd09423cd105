#!/usr/bin/env bash
# Runs every test. As root on Debian it first installs what the machine lacks; otherwise it names what is missing, and the tests that need it
# are skipped with that reason. The last line is "Tests: N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install() {
  local packages=()
  command -v chromium >/dev/null || packages+=(chromium)
  fc-list 2>/dev/null | grep -qi 'NotoSansHebrew' || packages+=(fonts-noto-core)
  command -v openssl >/dev/null || packages+=(openssl)
  if [ ${#packages[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "Installing ${packages[*]}"
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null || echo "Could not install ${packages[*]}."
    else
      echo "Missing: ${packages[*]} (Debian: apt-get install ${packages[*]}). Tests that need them are skipped."
    fi
  fi
  if [ ! -d tests/services/node_modules/azurite ] || [ ! -d tests/services/node_modules/smtp-server ]; then
    if command -v npm >/dev/null; then
      npm ci --prefix tests/services --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null || echo "Could not install the test services."
    else
      echo "Missing: npm (Node 20). Tests that need a mail server or the storage emulator are skipped."
    fi
  fi
}

install
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build FeedbackFlow.sln --nologo -v quiet -clp:NoSummary; then
  echo "The build failed."
  echo "Tests: 0 passed, 1 failed, 0 skipped"
  exit 1
fi
dotnet test FeedbackFlow.sln --no-build --nologo -m:1 --logger "console;verbosity=normal" "$@" 2>&1 | tee "$log" | grep -Ev '^ +(Passed|Skipped) '
status=${PIPESTATUS[0]}

# Skipped tests give their reasons, so that nothing is silently absent.
grep -E '^ +Skipped ' "$log" | sed 's/^ */  /' | sort -u
count() { grep -Eo "^ +$1: +[0-9]+" "$log" | grep -Eo '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count Passed) failed=$(count Failed) skipped=$(count Skipped)
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "Tests: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
