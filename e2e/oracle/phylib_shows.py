"""What phylib shows of a phy folder, in the form of golden/phy_export_phylib.json, as one JSON line.

PYTHON phylib_shows.py FOLDER
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from phylib.io.model import load_model

model = load_model(Path(sys.argv[1]) / "params.py")


def sha256(values, dtype):
    return hashlib.sha256(np.ascontiguousarray(values, dtype=dtype).tobytes()).hexdigest()


templates = {}
for template_id in (0, 1):
    template = model.get_template(template_id)
    # The amplitudes go with the channels as they lie in the file, not with the reordered ones beside them.
    sizes = template.template.max(axis=0) - template.template.min(axis=0)
    templates[template_id] = {int(c): float(a) for c, a in zip(template.channel_ids, sizes)}
print(
    json.dumps(
        {
            "n_spikes": int(model.n_spikes),
            "n_templates": int(model.n_templates),
            "n_channels": int(model.n_channels),
            "n_channels_dat": int(model.n_channels_dat),
            "sample_rate": float(model.sample_rate),
            "duration": float(model.duration),
            "spike_clusters_sha256_int32_le": sha256(model.spike_clusters, "<i4"),
            "spike_templates_sha256_int32_le": sha256(model.spike_templates, "<i4"),
            "spike_samples_sha256_int64_le": sha256(model.spike_samples, "<i8"),
            "spike_times_first": model.spike_times[:10].tolist(),
            "spike_times_last": model.spike_times[-10:].tolist(),
            "amplitudes_first": [float(a) for a in model.amplitudes[:10]],
            "channel_positions": model.channel_positions.tolist(),
            "channel_mapping": [int(c) for c in model.channel_mapping],
            "channel_shanks": [int(s) for s in model.channel_shanks],
            "similar_templates": model.similar_templates.tolist(),
            "templates_first_two": templates,
            "metadata": {k: {str(i): v for i, v in values.items()} for k, values in model.metadata.items()},
        }
    )
)
