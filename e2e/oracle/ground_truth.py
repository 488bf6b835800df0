"""Compares a sorting folder with a ground truth folder as SpikeInterface does and prints one JSON line.

PYTHON ground_truth.py GROUND_TRUTH SORTING
"""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import spikeinterface as si
import spikeinterface.comparison as sc

truth, tested = si.load(sys.argv[1]), si.load(sys.argv[2])
comparison = sc.compare_sorter_to_ground_truth(truth, tested, exhaustive_gt=True, delta_time=0.4)
table = comparison.get_performance(method="by_unit", output="pandas")
print(
    json.dumps(
        {
            "version": si.__version__,
            "mean": float(table["accuracy"].astype(float).mean()),
            "by_unit": {str(unit): float(row["accuracy"]) for unit, row in table.iterrows()},
        }
    )
)
