"""Loads folders that Spikedesk saved (binary, zarr) with SpikeInterface, holds their traces against those of the first
and against SpikeInterface's own band-pass and reference of the raw recording, and prints what it sees as one JSON line.
Runs under 0.105 and 0.101.

PYTHON saved.py RAW_FOLDER FOLDER...
"""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import spikeinterface as si
import spikeinterface.preprocessing as spre

try:
    from spikeinterface import load
except ImportError:
    from spikeinterface import load_extractor as load


def plain(values):
    return [v.item() if hasattr(v, "item") else v for v in values]


def digest(array):
    import hashlib

    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


raw = load(sys.argv[1])
chain = spre.common_reference(spre.bandpass_filter(raw, margin_ms=5000 / 300))
seconds = int(raw.sampling_frequency)
seen = {"version": si.__version__, "folders": []}
for folder in sys.argv[2:]:
    saved = load(folder)
    segments = range(saved.get_num_segments())
    traces = [saved.get_traces(segment_index=i) for i in segments]
    apart = 0
    for i in segments:
        for start in range(0, raw.get_num_samples(i), seconds):
            end = min(start + seconds, raw.get_num_samples(i))
            theirs = chain.get_traces(segment_index=i, start_frame=start, end_frame=end)
            apart = max(apart, int(np.max(np.abs(theirs.astype("int64") - traces[i][start:end].astype("int64")))))
    seen["folders"].append(
        {
            "class": type(saved).__name__,
            "dtype": str(saved.get_dtype()),
            "frames": [int(len(t)) for t in traces],
            "digests": [digest(t) for t in traces],
            "apart": apart,
            "sampling_frequency": float(saved.sampling_frequency),
            "channel_ids": plain(saved.channel_ids),
            "gains": plain(saved.get_channel_gains()),
            "offsets": plain(saved.get_channel_offsets()),
            "locations": saved.get_channel_locations().tolist(),
            "starts": [float(saved.get_times(segment_index=i)[0]) for i in segments],
            "properties": sorted(k for k in saved.get_property_keys() if k not in ("contact_vector", "location")),
            "filtered": bool(saved.is_filtered()),
            "annotations": sorted(k for k in saved._annotations if k not in ("compression_ratio", "compression_ratio_segments")),
        }
    )
print(json.dumps(seen))
