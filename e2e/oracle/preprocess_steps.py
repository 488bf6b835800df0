"""Applies chains of SpikeInterface's preprocessing to a saved recording, each segment in one chunk, and saves what they
give: OUT/NAME_segN.npy (float32), and as one JSON line what each recording says of itself. Runs under 0.105.

PYTHON preprocess_steps.py OUT CASES.json

CASES: {name: {"recording": folder, "steps": [[name, params], …]}}
"""
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
import numpy as np
import spikeinterface as si
import spikeinterface.preprocessing as sp
from probeinterface import Probe, ProbeGroup
from spikeinterface.core.time_series_tools import get_random_sample_slices
from spikeinterface.core.base import base_period_dtype

ONE_CHUNK = {"n_jobs": 1, "chunk_size": 10**9, "progress_bar": False}


def periods_of(rows):
    out = np.zeros(len(rows), dtype=base_period_dtype)
    for i, row in enumerate(rows):
        for field, value in row.items():
            out[field][i] = value
    return out


def split_by(recording, property, steps):
    """Ours joins in the old order."""
    parts = recording.split_by(property)
    for key in parts:
        for one in steps:
            parts[key] = apply(parts[key], one["step"], one.get("params", {}))
    # Saved first: an aggregate gives chosen channels part by part, not in the order asked for.
    joined = si.aggregate_channels(parts).save(format="memory", **ONE_CHUNK)
    return joined.select_channels(recording.channel_ids)


def set_probe(recording, probe, group_mode="auto"):
    group = ProbeGroup.from_dict(probe)
    return recording.select_channels_with_probegroup(group, group_mode=group_mode)


METHODS = {
    "channel_slice": lambda r, channel_ids, renamed_channel_ids=None: si.ChannelSliceRecording(
        r, channel_ids, renamed_channel_ids
    ),
    "frame_slice": lambda r, **kw: r.frame_slice(**kw),
    "time_slice": lambda r, **kw: r.time_slice(**kw),
    "select_segments": lambda r, segment_indices: r.select_segments(segment_indices),
    "concatenate_recordings": lambda r: si.concatenate_recordings([r]),
    "remove_channels": lambda r, remove_channel_ids: r.remove_channels(remove_channel_ids),
    "rename_channels": lambda r, new_channel_ids: r.rename_channels(new_channel_ids),
    "set_probe": set_probe,
    "split_by": split_by,
}


def apply(recording, name, params):
    params = dict(params)
    if name in METHODS:
        return METHODS[name](recording, **params)
    if name == "silence_periods" and isinstance(params.get("periods"), list):
        params["periods"] = periods_of(params["periods"])
    if name == "detect_saturation_periods":
        found = sp.detect_saturation_periods(recording, job_kwargs=ONE_CHUNK, **params)
        recording.annotate(found=[[int(p[f]) for f in base_names] for p in found])
        return recording
    if name == "detect_and_remove_artifacts":
        params["job_kwargs"] = ONE_CHUNK
    if name == "zero_channel_pad":
        recording.annotate(name="recording")
    return getattr(sp, name)(recording, **params)


base_names = [f[0] for f in base_period_dtype]


def plain(values):
    return None if values is None else np.asarray(values).tolist()


out = Path(sys.argv[1])
seen = {"slices": {}}
for case, told in json.loads(Path(sys.argv[2]).read_text()).items():
    try:
        recording = si.load(told["recording"])
        # Where SpikeInterface's chance put the chunks: ours learn from the same ones.
        seen["slices"] = {
            "20 ms": plain(get_random_sample_slices(recording, num_chunks_per_segment=20, chunk_duration="20ms", seed=5)),
            "300 frames": plain(get_random_sample_slices(recording, num_chunks_per_segment=20, chunk_size=300, seed=5)),
        }
        for name, params in told["steps"]:
            recording = apply(recording, name, params)
        segments = recording.get_num_segments()
        for segment in range(segments):
            traces = recording.get_traces(segment_index=segment)
            np.save(out / f"{case}_seg{segment}.npy", np.ascontiguousarray(traces, dtype="float32"))
        seen[case] = {
            "dtype": str(np.dtype(recording.get_dtype())),
            "channel_ids": plain(recording.channel_ids),
            "sampling_frequency": float(recording.sampling_frequency),
            "num_frames": [int(recording.get_num_samples(s)) for s in range(segments)],
            "t_start": [float(recording.get_start_time(s)) for s in range(segments)],
            "gain": plain(recording.get_channel_gains()),
            "offset": plain(recording.get_channel_offsets()),
            "group": plain(recording.get_property("group")),
            "location": plain(recording.get_channel_locations()) if recording.has_probe() else None,
            "found": recording.get_annotation("found"),
        }
    except Exception as error:  # a case that SpikeInterface cannot do is told, the others go on
        seen[case] = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(seen))
