"""Loads an analyzer folder with the SpikeInterface installed here and prints what it found, as JSON.

    python loadAnalyzer.py FOLDER

Exit code 1, with the reason on stderr, if the folder or one of its extensions does not load. Works with 0.101 to 0.105.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import spikeinterface as si


def plain(value):
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    return value


def described(data):
    if isinstance(data, np.ndarray):
        numbers = data.dtype.names is None and data.dtype.kind in "iufb"
        finite = data[np.isfinite(data)] if numbers and data.size else np.zeros(0)
        return {
            "shape": list(data.shape),
            "dtype": data.dtype.descr if data.dtype.names else data.dtype.str,
            "finite": int(finite.size),
            "sum": float(finite.astype("float64").sum()),
        }
    if hasattr(data, "columns"):
        return {
            "shape": list(data.shape),
            "index": plain(data.index.to_numpy()),
            "columns": {str(name): [None if v != v else v for v in plain(data[name].to_numpy())] for name in data.columns},
        }
    return {"type": type(data).__name__}


def main(folder):
    analyzer = si.load_sorting_analyzer(folder)
    saved = sorted(path.name for path in (Path(folder) / "extensions").iterdir() if not path.name.startswith("."))
    extensions = {}
    for name in saved:
        extension = analyzer.get_extension(name) if analyzer.has_extension(name) else None
        if extension is None:
            raise SystemExit(f"{folder}: the extension {name} does not load")
        extensions[name] = {
            "params": plain_json(extension.params),
            "data": {key: described(value) for key, value in sorted(extension.data.items())},
        }
    uv = analyzer.return_in_uV if hasattr(analyzer, "return_in_uV") else analyzer.return_scaled
    out = {
        "version": si.__version__,
        "unit_ids": plain(analyzer.unit_ids),
        "unit_id_kind": np.asarray(analyzer.unit_ids).dtype.kind,
        "channel_ids": plain(analyzer.channel_ids),
        "channel_id_kind": np.asarray(analyzer.channel_ids).dtype.kind,
        "sampling_frequency": float(analyzer.sampling_frequency),
        "num_samples": plain([analyzer.get_num_samples(s) for s in range(analyzer.get_num_segments())]),
        "num_spikes": [int(n) for n in analyzer.sorting.count_num_spikes_per_unit().values()],
        "return_in_uV": bool(uv),
        "sparse": bool(analyzer.is_sparse()),
        "has_recording": bool(analyzer.has_recording()),
        "channel_locations": plain(analyzer.get_channel_locations()),
        "properties": sorted(analyzer.sorting.get_property_keys()),
        "extensions": extensions,
    }
    if hasattr(analyzer, "main_channel_indices"):
        out["main_channels"] = plain(analyzer.main_channel_indices)
    if out["has_recording"]:
        traces = analyzer.recording.get_traces(segment_index=0, start_frame=0, end_frame=100)
        out["first_traces"] = {"shape": list(traces.shape), "sum": float(traces.astype("float64").sum())}
    print(json.dumps(out))


def plain_json(value):
    return json.loads(json.dumps(value, default=str))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    warnings.simplefilter("ignore")
    main(sys.argv[1])
