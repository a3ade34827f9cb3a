#!/bin/sh
# The same as `make generate`, for CI systems: build.sh [K8S] [SPEC]
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
"$python" -m generator tools
exec out/tools/bin/python -m generator --out "${OUT:-out}" generate --k8s "${1:-${K8S:-}}" --spec "${2:-${SPEC:-registry}}"
