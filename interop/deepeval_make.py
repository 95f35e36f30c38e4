"""Makes DeepEval test runs with a metric of our own, which needs no judge: a pass, failures, and a metric that breaks."""

import json
import os
import sys
from pathlib import Path

out = Path(sys.argv[1])
os.environ.update(DEEPEVAL_TELEMETRY_OPT_OUT="YES", DEEPEVAL_RESULTS_FOLDER=str(out / "results"))
os.chdir(out)

import deepeval  # noqa: E402
from deepeval import evaluate  # noqa: E402
from deepeval.evaluate import AsyncConfig, DisplayConfig, ErrorConfig  # noqa: E402
from deepeval.metrics import BaseMetric  # noqa: E402
from deepeval.test_case import LLMTestCase  # noqa: E402


class Contains(BaseMetric):
    def __init__(self, breaks=False):
        self.threshold = 0.5
        self.breaks = breaks
        self.async_mode = False

    def measure(self, test_case, *args, **kwargs):
        if self.breaks and "3" in test_case.input:
            raise ValueError("the judge timed out")
        self.score = 1.0 if test_case.expected_output in test_case.actual_output else 0.25
        self.success = self.score >= self.threshold
        self.reason = "compared texts"
        return self.score

    async def a_measure(self, test_case, *args, **kwargs):
        return self.measure(test_case)

    def is_successful(self):
        return bool(self.success)

    @property
    def __name__(self):
        return "Breaks" if self.breaks else "Contains"


cases = [
    LLMTestCase(
        input=f"How much is {i} + {i}?",
        actual_output=f"It is {2 * i if i % 3 else 99}.",
        expected_output=str(2 * i),
        tags=["sums"] if i % 2 else ["sums", "even"],
        metadata={"level": i % 3},
    )
    for i in range(8)
]
evaluate(
    cases,
    [Contains(), Contains(breaks=True)],
    async_config=AsyncConfig(run_async=False),
    display_config=DisplayConfig(print_results=False, show_indicator=False),
    error_config=ErrorConfig(ignore_errors=True),
)
found = sorted(p for p in out.rglob("*") if p.is_file() and p.suffix in ("", ".json") and p.name != "facts.json")
files = [p for p in found if '"testCases"' in p.read_text()]
facts = {
    "tool": "deepeval",
    "version": deepeval.__version__,
    "files": [{"file": str(p.relative_to(out)), "rows": 8, "cases": 8, "errors": 0, "own": {}} for p in files],
}
(out / "facts.json").write_text(json.dumps(facts, indent=1))
