"""Makes lm-evaluation-harness logs with its dummy model: a task of its own with two filters, samples and results."""

import json
import subprocess
import sys
from pathlib import Path

import lm_eval

out = Path(sys.argv[1])
tasks = out / "tasks"
tasks.mkdir(parents=True)
rows = [
    {"question": f"How much is {i} + {i}?", "answer": str(2 * i), "subject": "odd" if i % 2 else "even", "level": i % 3}
    for i in range(10)
]
(tasks / "sums.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
(tasks / "sums.yaml").write_text(
    f"""task: sums
dataset_path: json
dataset_kwargs:
  data_files:
    test: {tasks / 'sums.jsonl'}
test_split: test
output_type: generate_until
doc_to_text: "{{{{question}}}} "
doc_to_target: "{{{{answer}}}}"
metric_list:
  - metric: exact_match
    aggregation: mean
    higher_is_better: true
filter_list:
  - name: strict
    filter:
      - function: take_first
  - name: digits
    filter:
      - function: regex
        regex_pattern: "([0-9]+)"
      - function: take_first
metadata:
  version: 1.0
"""
)
(tasks / "choices.yaml").write_text(
    f"""task: choices
dataset_path: json
dataset_kwargs:
  data_files:
    test: {tasks / 'sums.jsonl'}
test_split: test
output_type: multiple_choice
doc_to_text: "{{{{question}}}} "
doc_to_choice: ["0", "2", "4", "6", "8", "10", "12", "14", "16", "18"]
doc_to_target: "{{{{answer}}}}"
metric_list:
  - metric: acc
    aggregation: mean
    higher_is_better: true
metadata:
  version: 1.0
"""
)
subprocess.run(
    [
        sys.executable, "-m", "lm_eval", "--model", "dummy", "--tasks", "sums,choices", "--include_path", str(tasks),
        "--output_path", str(out / "logs"), "--log_samples", "--seed", "1",
    ],
    check=True,
    stdout=subprocess.DEVNULL,
)
results = next((out / "logs").rglob("results_*.json"))
own = json.loads(results.read_text())["results"]
facts = {"tool": "lm-eval", "version": lm_eval.__version__, "files": []}
for samples in sorted((out / "logs").rglob("samples_*.jsonl")):
    lines = [json.loads(line) for line in samples.read_text().splitlines()]
    task = samples.name.split("_")[1]
    facts["files"].append(
        {
            "file": str(samples.relative_to(out)),
            "with": str(results.relative_to(out)),
            "rows": len(lines),
            "runs": len({line["filter"] for line in lines}),
            "cases": len({line["doc_hash"] for line in lines}),
            "errors": 0,
            "own": {k: v for k, v in own[task].items() if "," in k and "stderr" not in k and isinstance(v, (int, float))},
        }
    )
(out / "facts.json").write_text(json.dumps(facts, indent=1))
