"""Loads a sorting folder and, if given, an analyzer folder with SpikeInterface, every extension of it, and prints what
it sees as one JSON line. Runs under 0.105 and 0.101.

PYTHON si_load.py SORTING [ANALYZER [compute]]

compute: also lets SpikeInterface compute something from the analyzer, which needs its recording.
"""
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import numpy as np
import spikeinterface as si
import spikeinterface.full  # noqa: F401  registers every extension

try:
    from spikeinterface import load as load_extractor
except ImportError:
    from spikeinterface import load_extractor

seen = {"version": si.__version__}
sorting = load_extractor(sys.argv[1])
spikes = sorting.to_spike_vector()
seen["sorting"] = {
    "unit_ids": [u.item() if hasattr(u, "item") else u for u in sorting.unit_ids],
    "n_spikes": int(len(spikes)),
    "segments": int(sorting.get_num_segments()),
    "sample_sum": int(np.sum(spikes["sample_index"])),
    "properties": sorted(sorting.get_property_keys()),
}
if len(sys.argv) > 2:
    analyzer = si.load_sorting_analyzer(sys.argv[2])
    extensions = {}
    for folder in sorted((Path(sys.argv[2]) / "extensions").iterdir()):
        if folder.name.startswith("."):
            continue
        extension = analyzer.get_extension(folder.name)
        assert extension is not None, folder.name
        data = extension.get_data()
        arrays = data if isinstance(data, (list, tuple)) else [data]
        assert arrays and all(array is not None for array in arrays), folder.name
        extensions[folder.name] = [list(getattr(a, "shape", [len(a)])) for a in arrays]
    seen["analyzer"] = {
        "unit_ids": [u.item() if hasattr(u, "item") else u for u in analyzer.unit_ids],
        "channel_ids": [c.item() if hasattr(c, "item") else c for c in analyzer.channel_ids],
        "extensions": extensions,
        "has_recording": bool(analyzer.has_recording()),
        "sparse": bool(analyzer.is_sparse()),
        "has_probe": analyzer.get_probegroup() is not None,
        "return_in_uV": bool(getattr(analyzer, "return_in_uV", getattr(analyzer, "return_scaled", None))),
    }
    if "compute" in sys.argv[3:]:
        ours = analyzer.get_extension("templates").get_data()
        fresh = analyzer.copy()
        fresh.compute("random_spikes", method="all")
        fresh.compute("templates", progress_bar=False)
        theirs = fresh.get_extension("templates").get_data()
        seen["template_difference"] = float(np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs)))
print(json.dumps(seen))
