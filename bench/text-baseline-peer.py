"""Optional: the peer of the text classifier, scikit-learn's TfidfVectorizer and LogisticRegression (lbfgs), fit and predict alone.

    python3 -m venv /tmp/peer-text && /tmp/peer-text/bin/pip install scikit-learn
    /tmp/peer-text/bin/python bench/text-baseline-peer.py FOLDER words|pairs

FOLDER holds train.csv.gz (text, category) and cases.csv.gz (text, label) of BANKING77. Imports are done before the clock starts.
"""

import csv
import gzip
import json
import os
import sys
import time

# One thread: the figure is processor time, and threads that wait for each other would add to it.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score

folder, setting = sys.argv[1:]


def column_pair(name, label):
    with gzip.open(f"{folder}/{name}", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row[label] for row in rows]


vectorizer, model = {
    "words": (TfidfVectorizer(), LogisticRegression(max_iter=1000)),
    "pairs": (TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=1000)),
}[setting]
wall, cpu = time.perf_counter(), time.process_time()
texts, labels = column_pair("train.csv.gz", "category")
cases, truth = column_pair("cases.csv.gz", "label")
model.fit(vectorizer.fit_transform(texts), labels)
found = model.predict(vectorizer.transform(cases))
cost = {
    "cpuMs": round(1000 * (time.process_time() - cpu)),
    "wallMs": round(1000 * (time.perf_counter() - wall)),
}
right = sum(a == b for a, b in zip(found, truth))
print(
    json.dumps(
        {
            "version": sklearn.__version__,
            "features": len(vectorizer.vocabulary_),
            "accuracy": round(right / len(truth), 4),
            "macroPrecision": round(precision_score(truth, found, average="macro", zero_division=0), 4),
            "macroRecall": round(recall_score(truth, found, average="macro"), 4),
            **cost,
        }
    )
)
