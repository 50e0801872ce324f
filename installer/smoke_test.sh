#!/usr/bin/env bash
# Use the frozen program once, end to end: a new clinic, a delivery, a dispensing, an order form,
# the check of the ledger, and a window that stays open.  smoke_test.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build/dist/amana/amana}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_CACHE_HOME=$folder/cache
export XDG_STATE_HOME=$folder/state XDG_RUNTIME_DIR=$folder

amana() { "$program" --database "$folder/clinic.db" --today 2026-11-22 "$@"; }

amana init --unprotected --clinic "Smoke test" --catalogue starter
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

status=0
QT_QPA_PLATFORM=offscreen timeout 8 "$program" --database "$folder/clinic.db" || status=$?
[ "$status" = 124 ] || { echo "The window closed by itself (exit $status)." >&2; exit 1; }
echo "The frozen program works."
