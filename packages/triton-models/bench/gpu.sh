#!/usr/bin/env bash
# The benches of the models on a bare GPU machine: Linux, glibc >= 2.35, an NVIDIA driver, Python 3.10-3.13. It needs PyPI and
# the npm registry, or what they have under $WHEELS and a checkout with node_modules; no Hugging Face hub, since all weights are random.
#
#   bench/gpu.sh [OUT]            everything: about 15 GB of weights, an hour
#   MODELS=sam-huge,vqa-4b PRECISIONS=bf16 bench/gpu.sh /tmp/out
#
# Environment: OUT (default ./gpu-bench), VENV (default OUT/venv; an existing one is used as it is), MODELS, PRECISIONS, DTYPE of the
# weights on disk (bf16), WHEELS (a folder of wheels instead of PyPI), ONLY (models of the repository for the benches).
set -euo pipefail

package=$(cd "$(dirname "$0")/.." && pwd)
root=$(cd "$package/../.." && pwd)
out=${1:-${OUT:-$PWD/gpu-bench}}
venv=${VENV:-$out/venv}
mkdir -p "$out"
out=$(cd "$out" && pwd)

nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv | tee "$out/gpu.csv"

# 1. Python with the models' requirements, torch for CUDA.
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    ${WHEELS:+--no-index --find-links "$WHEELS"} -r "$package/requirements/cuda.txt"
fi
"$venv/bin/python" -c 'import torch; assert torch.cuda.is_available(), "torch sees no GPU"; print(torch.__version__, torch.cuda.get_device_name())'

# 2. Node and the workspace.
[ -x "$root/node_modules/.bin/node" ] || (cd "$root" && npm ci)
node="$root/node_modules/.bin/node"
bench() { (cd "$root" && "$node" --conditions=atelier-source scripts/bench-models.ts --python "$venv/bin/python" --device cuda "$@"); }

# 3. Full-size random weights, drawn on the GPU.
(cd "$package" && "$venv/bin/python" -m atelier_models.bench.full_size_weights \
  --out "$out/weights" --device cuda --dtype "${DTYPE:-bf16}" ${MODELS:+--models "$MODELS"})

# 4. The overhead of Triton on this machine, with tiny weights; a missed bar does not end the script.
bench --json "$out/overhead.json" ${ONLY:+--only "$ONLY"} | tee "$out/overhead.md" || true

# 5. Latency, throughput and memory of the full-size models in each precision.
bench --full-size "$out/weights" --json "$out/full-size.json" \
  ${PRECISIONS:+--precision "$PRECISIONS"} ${ONLY:+--only "$ONLY"} | tee "$out/full-size.md"

echo "Results: $out/{gpu.csv,overhead,full-size}.{json,md}"
