"""Optional: the peer on Adult, the best known public SliceLine (PyPI `sliceline`, with numba), `fit` alone.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install sliceline numba pandas
    /tmp/peer/bin/python bench/slice-search-peer.py CASES.csv.gz LEVEL

String columns in, as the peer takes them; support 1 %, alpha 0.95, ten best. Compiled before the clock starts.
"""

import json
import resource
import sys
import time
from importlib.metadata import version

import numpy as np
import pandas as pd
from sliceline.slicefinder import Slicefinder

COLUMNS = (
    "age workclass fnlwgt education education_num marital_status occupation relationship race sex "
    "capital_gain capital_loss hours_per_week native_country"
).split()

path, level = sys.argv[1], int(sys.argv[2])
frame = pd.read_csv(path, dtype=str, keep_default_na=False)
features = frame[COLUMNS].to_numpy(dtype=object)
errors = 1 - frame["pass_after"].astype(int).to_numpy()


def fit(rows, max_level):
    finder = Slicefinder(alpha=0.95, k=10, max_l=max_level, min_sup=max(1, rows // 100), verbose=False)
    return finder.fit(features[:rows], errors[:rows])


fit(500, 2)
wall, cpu = time.perf_counter(), time.process_time()
finder = fit(len(errors), level)
stats = finder.top_slices_statistics_
print(
    json.dumps(
        {
            "sliceline": version("sliceline"),
            "numba": version("numba"),
            "level": level,
            "cpuMs": round(1000 * (time.process_time() - cpu)),
            "wallMs": round(1000 * (time.perf_counter() - wall)),
            "peakMb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "scores": [round(float(row["slice_score"]), 9) for row in stats],
        }
    )
)
