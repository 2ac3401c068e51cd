# The part of submit/bench that --gpu asks for, in its variables. shellcheck shell=bash

steps=$out/gpu.jsonl
evaluations=$out/gpu-evaluation.jsonl
jobs=$out/gpu-job.jsonl
mkdir -p "$out"
rm -f "$steps" "$jobs"
: > "$evaluations"
: > "$log"
export OMP_NUM_THREADS=1 SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

# A training step: NAME FILE [key=value ...].
gpu_step() {
  local model=$1
  shift
  say "a step of $model"
  java_bench gpu step --out "$steps" --name "$model" "$@" compute.device=gpu
}

# What PyTorch takes on the GPU: FILE NAME [option ...].
torch_on_gpu() {
  local file=$1 model=$2
  shift 2
  [[ -n $python ]] || return 0
  say "$model, PyTorch"
  "$python" "$here/bench-torch.py" --gpu --data .data/mnist --name "$model" "$@" >> "$file" 2>> "$log" \
    || say "PyTorch failed; see $log: $(tail -n 1 "$log")"
}

# Log p(x) by importance sampling, 5,000 samples an image: NAME FILE [key=value ...].
gpu_evaluation() {
  local model=$1
  shift
  say "evaluation of $model"
  # A small card may have no memory for so many tasks.
  (java_bench gpu evaluation --out "$evaluations" --name "$model" --tasks 1,2,4,8 --images 400 "$@" \
    evaluation.samples=5000 evaluation.block=5000 compute.device=gpu) || :
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
    torch_on_gpu "$steps" "mnist, hidden $width" --hidden "$width" --batch "$size"
  done
  gpu_evaluation "mnist, hidden $width" conf/mnist.conf "model.encoder.hidden=[$width,$width]" \
    "model.decoder.hidden=[$width,$width]"
  torch_on_gpu "$evaluations" "mnist, hidden $width" --evaluate --hidden "$width"
done
gpu_step gated conf/papers/gated.conf
for model in gated-vampprior hvae-vampprior; do
  gpu_step "$model" "conf/papers/$model.conf"
  torch_on_gpu "$steps" "$model" --model "$model" --hidden 300 --latent 40
  gpu_evaluation "$model" "conf/papers/$model.conf"
  torch_on_gpu "$evaluations" "$model" --evaluate --model "$model" --hidden 300 --latent 40
done
for model in logistic-mixture categorical householder planar sylvester chain grid full-covariance; do
  gpu_step "$model" "conf/models/$model.conf"
done
gpu_job 1
gpu_job 2
rm -rf "$out/gpu-run"

java_bench gpu table "$steps" "$evaluations" "$jobs" --out "$out/gpu.txt"
say "results in $out/gpu.txt"
