"""Bad channels of recordings as SpikeInterface 0.105 finds, removes and interpolates them, as one JSON line.

PYTHON bad_channels.py CASES.json     {name: {"recording": folder, "params": {...}}}
"""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import spikeinterface as si
import spikeinterface.preprocessing as spre
from spikeinterface.core.time_series_tools import get_random_sample_slices

si.set_global_job_kwargs(n_jobs=1, progress_bar=False)
seen = {"version": si.__version__}
for name, case in json.load(open(sys.argv[1])).items():
    recording = si.load(case["recording"])
    params = dict(seed=1, **case["params"])
    ids, labels = spre.detect_bad_channels(recording, **params)
    slices = get_random_sample_slices(
        recording,
        num_chunks_per_segment=params.get("num_random_chunks", 100),
        chunk_size=int(params.get("chunk_duration_s", 0.3) * recording.sampling_frequency),
        seed=1,
    )
    removed = spre.detect_and_remove_bad_channels(recording, **params)
    seen[name] = {
        "ids": [str(i) for i in ids],
        "labels": [str(label) for label in labels],
        "slices": [[int(x) for x in row] for row in slices],
        "removed": [str(i) for i in removed.channel_ids],
        "removed_locations": removed.get_channel_locations().tolist(),
    }
    if 0 < len(ids) < len(labels):
        filled = spre.detect_and_interpolate_bad_channels(recording, **params)
        traces = [filled.get_traces(segment_index=i, start_frame=100, end_frame=140) for i in range(filled.get_num_segments())]
        seen[name]["filled"] = [t.astype("float64").ravel().tolist() for t in traces]
        seen[name]["dtype"] = str(filled.get_dtype())
print(json.dumps(seen))
