"""Makes recorded runs with MLflow (server with SQLite, and file store) and W&B (offline), and reads back what slicewise logs."""

import json
import math
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

what, out = sys.argv[1], Path(sys.argv[2])
os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_ALLOW_FILE_STORE="true", GIT_PYTHON_REFRESH="quiet")

RUNS = 12
STEPS = 40


def curve(run, step):
    """Loss of a run at a step; run 11 diverges to NaN, run 10 still falls."""
    if run == 11:
        return float("nan") if step > 30 else math.exp(step / 10)
    if run == 10:
        return 5 - step * 0.1
    return 0.5 + math.exp(-step / 5) + random.Random(run * 1000 + step).gauss(0, 0.01)


def accuracy(run):
    return round(0.7 + 0.02 * (run % 10), 4)


def log_runs(uri):
    import mlflow
    import pandas as pd

    mlflow.set_tracking_uri(uri)
    mlflow.set_experiment("interop search")
    ids = []
    for run in range(RUNS):
        with mlflow.start_run(run_name=f"run {run}") as active:
            mlflow.log_params({"learning_rate": 0.001 * (run + 1), "optimizer": "adam" if run % 2 else "sgd", "seed": run})
            mlflow.set_tags({"note": "a|b\nc", "mlflow.source.git.commit": "0123abc"})
            mlflow.log_input(mlflow.data.from_pandas(pd.DataFrame({"a": [1.0, 2.0]}), name="eval set"), context="eval")
            for step in range(STEPS):
                mlflow.log_metric("train/loss", curve(run, step), step=step)
            mlflow.log_metric("accuracy", accuracy(run))
            mlflow.log_metric("eval_cases", 500)
            ids.append(active.info.run_id)
    return ids


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address):
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def read_back(uri, ids):
    """What MLflow's own client says of the runs after slicewise logged into the first."""
    import mlflow

    client = mlflow.MlflowClient(uri)
    run = client.get_run(ids[0])
    files = []
    try:
        files = sorted(f.path for f in client.list_artifacts(ids[0], "slicewise"))
    except Exception as error:  # the store may not hand on files
        files = [f"error: {error}"]
    return {
        "metrics": {k: v for k, v in run.data.metrics.items() if k.startswith("slicewise/")},
        "tags": {k: v for k, v in run.data.tags.items() if k.startswith("slicewise.")},
        "files": files,
    }


def facts(kind):
    import importlib.metadata

    return {
        "version": importlib.metadata.version(kind),
        "runs": RUNS,
        "steps": STEPS,
        "accuracy": {f"run {r}": accuracy(r) for r in range(RUNS)},
        "loss10": {f"run {r}": curve(r, 10) for r in range(RUNS)},
    }


if what == "server":
    # Serves until standard input closes; prints the address and the ids first.
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
         "--backend-store-uri", f"sqlite:///{out}/mlflow.db", "--artifacts-destination", str(out / "artifacts"), "--serve-artifacts"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=out,
    )
    try:
        wait_for(address)
        ids = log_runs(address)
        print(json.dumps({**facts("mlflow"), "address": address, "ids": ids}), flush=True)
        sys.stdin.readline()
        print(json.dumps(read_back(address, ids)), flush=True)
    finally:
        server.terminate()
        server.wait(20)
elif what == "folder":
    uri = f"file:{out}/mlruns"
    ids = log_runs(uri)
    print(json.dumps({**facts("mlflow"), "ids": ids}), flush=True)
    sys.stdin.readline()
    print(json.dumps(read_back(uri, ids)), flush=True)
elif what == "wandb":
    os.environ.update(WANDB_MODE="offline", WANDB_DIR=str(out), WANDB_SILENT="true", WANDB_ERROR_REPORTING="false")
    import wandb

    for run in range(RUNS):
        active = wandb.init(project="interop search", name=f"run {run}", config={"learning_rate": 0.001 * (run + 1), "seed": run})
        for step in range(STEPS):
            active.log({"train/loss": curve(run, step), "accuracy": accuracy(run)})
        active.finish()
    print(json.dumps(facts("wandb")), flush=True)
