"""SpikeInterface's verdict on a sorting: python sorter.py SORTER_BENCH_FOLDER DATA_SET SORTING_FOLDER; one JSON line."""

import json
import sys

import spikeinterface.full as si

sys.path.insert(0, sys.argv[1])
from sorter_bench import evaluate

print(json.dumps(evaluate(sys.argv[2], si.load(sys.argv[3]))))
