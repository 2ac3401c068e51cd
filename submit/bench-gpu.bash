# The part of submit/bench that --gpu asks for, in its variables. shellcheck shell=bash

steps=$out/gpu.jsonl
jobs=$out/gpu-job.jsonl
mkdir -p "$out"
rm -f "$steps" "$jobs"
: > "$log"
export OMP_NUM_THREADS=1 SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

# A training step: NAME FILE [key=value ...].
gpu_step() {
  local model=$1
  shift
  say "a step of $model"
  java_bench gpu --out "$steps" --name "$model" "$@" compute.device=gpu
}

# The same in PyTorch: NAME WIDTH BATCH.
torch_step() {
  [[ -n $python ]] || return 0
  say "a step of $1 in batches of $3, PyTorch"
  "$python" "$here/bench-torch.py" --gpu --data .data/mnist --name "$1" --hidden "$2" --batch "$3" >> "$steps" 2>> "$log" \
    || say "PyTorch failed; see $log: $(tail -n 1 "$log")"
}

# The job, as people run it: SHARDS.
gpu_job() {
  say "conf/mnist.conf through the job, $1 shard(s)"
  "$here/local" --master "local[$1]" conf/mnist.conf "run.directory=$out/gpu-run" run.mode=overwrite report.pictures=false \
    report.progress=off "data.shards=$1" training.epochs=6 training.validation.every=0 training.checkpoint.every=6 \
    evaluation.block=5000 compute.device=gpu >> "$log" 2>&1 \
    || fail 1 "a run of the job failed; see $log: $(tail -n 1 "$log")"
  java_bench run "$jobs" "$out/gpu-run"
}

for width in 200 1000; do
  for size in 100 1000; do
    gpu_step "mnist, hidden $width" conf/mnist.conf "model.encoder.hidden=[$width,$width]" \
      "model.decoder.hidden=[$width,$width]" "training.batch=$size"
    torch_step "mnist, hidden $width" "$width" "$size"
  done
done
gpu_step gated conf/papers/gated.conf
gpu_step gated-vampprior conf/papers/gated-vampprior.conf
gpu_step hvae-vampprior conf/papers/hvae-vampprior.conf
for model in logistic-mixture categorical householder planar sylvester chain grid full-covariance; do
  gpu_step "$model" "conf/models/$model.conf"
done
gpu_job 1
gpu_job 2
rm -rf "$out/gpu-run"

java_bench gpu-table "$steps" "$jobs" --out "$out/gpu.txt"
say "results in $out/gpu.txt"
