"""Makes MLflow evaluation tables: the old evaluate's artefact and the result frame of GenAI evaluate, with our own metrics."""

import json
import os
import sys
from pathlib import Path

out = Path(sys.argv[1])
os.chdir(out)
os.environ.update(MLFLOW_TRACKING_URI=f"sqlite:///{out}/mlflow.db", MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")

import mlflow  # noqa: E402
import pandas as pd  # noqa: E402
from mlflow.metrics import MetricValue, make_metric  # noqa: E402

rows = [
    {
        "inputs": f"How much is {i} + {i}?",
        "ground_truth": str(2 * i),
        "outputs": str(2 * i if i % 3 else 99),
        "topic": "odd" if i % 2 else "even",
    }
    for i in range(9)
]


def right(predictions, targets):
    return MetricValue(scores=[float(p == t) for p, t in zip(predictions, targets)], aggregate_results={"mean": 0.0})


facts = {"tool": "mlflow", "version": mlflow.__version__, "files": []}
mlflow.set_experiment(experiment_name="interop")
with mlflow.start_run() as run:
    mlflow.models.evaluate(
        data=pd.DataFrame(rows),
        predictions="outputs",
        targets="ground_truth",
        extra_metrics=[make_metric(eval_fn=right, greater_is_better=True, name="right")],
    )
    table = Path(mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="eval_results_table.json"))
(out / "eval_results_table.json").write_text(table.read_text())
facts["files"].append({"file": "eval_results_table.json", "rows": 9, "cases": 9, "errors": 0, "own": {}})

from mlflow.genai.scorers import scorer  # noqa: E402


@scorer
def exact(outputs, expectations):
    return outputs == expectations["expected_response"]


result = mlflow.genai.evaluate(
    data=[
        {
            "inputs": {"question": row["inputs"]},
            "outputs": row["outputs"],
            "expectations": {"expected_response": row["ground_truth"]},
            "tags": {"topic": row["topic"]},
        }
        for row in rows
    ],
    scorers=[exact],
)
frame = result.result_df if hasattr(result, "result_df") and result.result_df is not None else result.tables["eval_results"]
frame.to_json(out / "genai_frame.json", orient="records")
facts["files"].append({"file": "genai_frame.json", "rows": 9, "cases": 9, "errors": 0, "own": {}})
traces = mlflow.search_traces(return_type="list")
(out / "genai_traces.jsonl").write_text("".join(json.dumps(t.to_dict()) + "\n" for t in traces))
facts["files"].append({"file": "genai_traces.jsonl", "rows": len(traces), "cases": len(traces), "errors": 0, "own": {}})
(out / "facts.json").write_text(json.dumps(facts, indent=1))
