#!/usr/bin/env bash
# Lock what pyproject.toml asks for, with hashes and for every platform, without any address.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
  python3 -m venv build/uv
  build/uv/bin/python -m pip install --quiet --no-input --disable-pip-version-check uv
  uv=build/uv/bin/uv
fi

compile() {
  "$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    pyproject.toml "$@"
}
compile --output-file installer/requirements.txt
for extra in dev freeze; do
  compile --extra "$extra" --constraint installer/requirements.txt \
    --output-file "installer/requirements-$extra.txt"
done
