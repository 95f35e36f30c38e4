"""Makes Phoenix experiments on a local server without a model: a dataset, a task, an evaluator; JSON and CSV downloads, and spans."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

out = Path(sys.argv[1])
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    grpc = free.getsockname()[1]
base = f"http://127.0.0.1:{port}"
env = {
    **os.environ,
    "PHOENIX_WORKING_DIR": str(out / "phoenix"),
    "PHOENIX_HOST": "127.0.0.1",
    "PHOENIX_PORT": str(port),
    "PHOENIX_GRPC_PORT": str(grpc),
    "PHOENIX_TELEMETRY_ENABLED": "false",
}
os.environ["PHOENIX_COLLECTOR_ENDPOINT"] = base
server = subprocess.Popen(
    [str(Path(sys.executable).parent / "phoenix"), "serve"], env=env, stdout=(out / "server.log").open("w"), stderr=subprocess.STDOUT
)
try:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=1)
            break
        except OSError:
            time.sleep(0.5)
    else:
        raise SystemExit((out / "server.log").read_text()[-2000:])

    from phoenix.client import Client
    import phoenix

    client = Client(base_url=base)
    rows = range(8)
    dataset = client.datasets.create_dataset(
        name="sums",
        inputs=[{"question": f"How much is {i} + {i}?"} for i in rows],
        outputs=[{"answer": str(2 * i)} for i in rows],
        metadata=[{"topic": "odd" if i % 2 else "even"} for i in rows],
    )

    def task(example):
        i = int(example["input"]["question"].split()[3])
        if i == 5:
            raise ValueError("the tool broke")
        return {"answer": str(2 * i if i % 3 else 99)}

    def exact(output, expected):
        return output is not None and output["answer"] == expected["answer"]

    experiment = client.experiments.run_experiment(
        dataset=dataset, task=task, evaluators=[exact], experiment_name="mock", repetitions=2, print_summary=False
    )
    id = experiment["experiment_id"]
    facts = {"tool": "arize-phoenix", "version": phoenix.__version__, "files": []}
    for kind in ("json", "csv"):
        with urllib.request.urlopen(f"{base}/v1/experiments/{id}/{kind}") as answer:
            (out / f"experiment.{kind}").write_bytes(answer.read())
        facts["files"].append({"file": f"experiment.{kind}", "rows": 16, "cases": 8, "errors": 2, "own": {}})
    (out / "facts.json").write_text(json.dumps(facts, indent=1))
finally:
    server.terminate()
    server.wait(20)
