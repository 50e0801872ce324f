#!/usr/bin/env bash
# Use the frozen program once, end to end: a new clinic locked with a key, a delivery, a dispensing,
# an order form, the check of the ledger, a paper key that opens it, and a window that stays open.
# smoke_test.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build/dist/amana/amana}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_CACHE_HOME=$folder/cache
export XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder

amana() {
  "$program" --database "$folder/clinic.db" --today 2026-11-22 --login-file "$folder/login" "$@"
}
umask 077
printf 'Smoke\nsmoke test password\n' >"$folder/login"
printf 'another password\n' >"$folder/new"

amana init --clinic "Smoke test" --catalogue starter
item=$(amana --json items list | sed -n 's/.*"code": *"\([^"]*\)".*/\1/p' | head -n 1)
cat >"$folder/history.csv" <<HISTORY
code,month,opening,received,consumed,adjustments,closing,days_out
$item,2026-08,900,0,300,0,600,0
$item,2026-09,600,0,300,0,300,0
$item,2026-10,300,0,300,0,0,0
HISTORY
amana history import "$folder/history.csv"
amana receive --item "$item" --quantity 100 --lot SMOKE-1 --expiry 2028-11
amana dispense --item "$item" --quantity 30
amana --json stock --item "$item" | grep -q '"on_hand": *70'
amana order --pdf "$folder/order.pdf" --language ar --second-language en >/dev/null
head -c 5 "$folder/order.pdf" | grep -q '%PDF-'
amana check
if head -c 15 "$folder/clinic.db" | grep -q 'SQLite format 3'; then
  echo "The database is not locked." >&2
  exit 1
fi
amana paper-key "$folder/key.pdf" --language ckb
head -c 5 "$folder/key.pdf" | grep -q '%PDF-'
amana password --new-password-file "$folder/new"
printf 'Smoke\nanother password\n' >"$folder/login"
amana check

status=0
QT_QPA_PLATFORM=offscreen timeout 8 "$program" --database "$folder/clinic.db" || status=$?
[ "$status" = 124 ] || { echo "The window closed by itself (exit $status)." >&2; exit 1; }
echo "The frozen program works."
