"""Makes Inspect logs with its own mock model: epochs, two scorers, an unscored and a failing sample; JSON and .eval."""

import json
import sys
from pathlib import Path

import tiktoken


class Words:
    """Inspect counts tokens with a table that it downloads; words stand in, because nothing here needs the network."""

    def encode(self, text, **_):
        return text.split()


tiktoken.get_encoding = lambda name: Words()
tiktoken.encoding_for_model = lambda name: Words()

import inspect_ai
from inspect_ai import Task, eval as run_eval
from inspect_ai.dataset import Sample
from inspect_ai.log import read_eval_log
from inspect_ai.model import ModelOutput, get_model
from inspect_ai.scorer import Score, Target, accuracy, includes, match, mean, scorer, stderr
from inspect_ai.solver import TaskState, generate, solver

out = Path(sys.argv[1])

QUESTIONS = [
    ("q%d" % i, f"How much is {i} + {i}?", str(2 * i), {"topic": "sums" if i % 3 else "zero mod 3", "level": i % 4})
    for i in range(12)
]


@scorer(metrics=[accuracy(), stderr()])
def picky():
    """Fails to score every fifth sample, by the NaN that Inspect reserves for it."""

    async def score(state: TaskState, target: Target) -> Score:
        if int(str(state.sample_id)[1:]) % 5 == 4:
            return Score(value=float("nan"), explanation="judge gave no verdict")
        return Score(value="C" if target.text in state.output.completion else "I")

    return score


@scorer(metrics=[mean()])
def length():
    async def score(state: TaskState, target: Target) -> Score:
        return Score(value=len(state.output.completion))

    return score


@solver
def breaks_on(sample: str):
    async def solve(state: TaskState, generate):
        if state.sample_id == sample:
            raise RuntimeError("the tool\nbroke <script>")
        return state

    return solve


def outputs():
    """Right on most, wrong on every fourth call."""
    call = 0
    for epoch in range(2):
        for i in range(12):
            call += 1
            yield ModelOutput.from_content("mockllm/model", f"It is {2 * i + (1 if call % 4 == 0 else 0)}.")


dataset = [Sample(id=i, input=q, target=t, metadata=m) for i, q, t, m in QUESTIONS]
facts = {"tool": "inspect-ai", "version": inspect_ai.__version__, "files": []}

for name, fmt, scorers, failing in (
    ("plain", "json", [includes()], None),
    ("plain", "eval", [includes()], None),
    ("unscored", "eval", [picky(), length()], None),
    ("failing", "eval", [match(location="any")], "q7"),
):
    logs = run_eval(
        Task(
            dataset=dataset,
            solver=[breaks_on(failing), generate()] if failing else [generate()],
            scorer=scorers,
            epochs=2,
            name=f"{name}_{fmt}",
        ),
        model=get_model("mockllm/model", custom_outputs=list(outputs())),
        log_dir=str(out / f"{name}-{fmt}"),
        log_format=fmt,
        display="none",
        fail_on_error=False,
        max_samples=1,
    )
    path = Path(logs[0].location.removeprefix("file://"))
    log = read_eval_log(str(path))
    facts["files"].append(
        {
            "file": str(path.relative_to(out)),
            "rows": len(log.samples),
            "cases": len({s.id for s in log.samples}),
            "errors": sum(1 for s in log.samples if s.error),
            "own": {
                f"{s.name} {k}": m.value for s in log.results.scores for k, m in s.metrics.items() if m.value == m.value
            },
        }
    )

(out / "facts.json").write_text(json.dumps(facts, indent=1))
