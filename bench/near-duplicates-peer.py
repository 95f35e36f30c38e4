"""The peer of near-duplicates.ts: SetSimilaritySearch's exact all-pairs on the same word 3-grams, reading included.

    python bench/near-duplicates-peer.py TEXTS THRESHOLD
"""

import json
import re
import resource
import sys
import time

from SetSimilaritySearch import all_pairs

path, threshold = sys.argv[1], float(sys.argv[2])
started = time.time()
sets = []
with open(path, encoding="utf-8") as lines:
    for line in lines:
        words = re.findall(r"\w+", line.lower())
        sets.append({" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))})
pairs = sum(1 for _ in all_pairs(sets, similarity_func_name="jaccard", similarity_threshold=threshold))
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "wallMs": round((time.time() - started) * 1000),
            "cpuMs": round((usage.ru_utime + usage.ru_stime) * 1000),
            "peakMb": round(usage.ru_maxrss / 1024),
            "pairs": pairs,
        }
    )
)
