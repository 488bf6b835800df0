"""Opens a phy folder as phy does (phylib's TemplateModel) and prints what it sees as one JSON line.

PYTHON phy_model.py FOLDER
"""
import json
import sys
from pathlib import Path

import numpy as np
from phylib.io.model import load_model

model = load_model(Path(sys.argv[1]) / "params.py")
clusters = [int(c) for c in model.cluster_ids]
seen = {
    "n_spikes": int(model.n_spikes),
    "n_templates": int(model.n_templates),
    "n_channels": int(model.n_channels),
    "duration": float(model.duration),
    "sample_rate": float(model.sample_rate),
    "cluster_ids": clusters,
    "template_ids": [int(t) for t in model.template_ids],
    "sparse": model.sparse_templates.cols is not None,
    "distinct_positions": len({tuple(p) for p in model.channel_positions.tolist()}) == model.n_channels,
    "positions": model.channel_positions.tolist(),
    "shanks": [int(s) for s in model.channel_shanks],
    "metadata": sorted(model.metadata),
    "groups": {str(k): v for k, v in model.metadata.get("group", {}).items()},
    "spike_samples_sum": int(np.sum(model.spike_samples)),
    "spike_clusters_dtype": str(np.load(Path(sys.argv[1]) / "spike_clusters.npy").dtype),
    "finite_amplitudes": bool(np.all(np.isfinite(model.amplitudes))),
    "similar_diagonal": float(np.diag(model.similar_templates)[model.template_ids].min()),
    "features": model.sparse_features is not None,
}
# What the views of phy ask for, for every cluster.
for cluster in clusters:
    wave = model.get_cluster_mean_waveforms(cluster)
    assert np.all(np.isfinite(wave.mean_waveforms)) and len(wave.channel_ids) > 0
    spikes = model.get_cluster_spikes(cluster)[:20]
    shown = model.get_waveforms(spikes, model.get_cluster_channels(cluster))
    assert shown is None or (shown.shape[0] == len(spikes) and np.all(np.isfinite(shown)))
    if model.sparse_features is not None:
        features = model.get_features(spikes, model.get_cluster_channels(cluster)[:2])
        assert features.shape[0] == len(spikes)
# The main channel phylib takes for each template is where the template is largest.
for template in model.template_ids:
    assert model.templates_channels[template] == model.get_template(template).best_channel
seen["traces"] = None if model.traces is None else [int(n) for n in model.traces.shape]
model.close()
print(json.dumps(seen))
