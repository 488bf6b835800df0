"""Band-pass and re-reference FILE with SpikeInterface: each line read from stdin, the name of a way, is one run,
answered with its seconds.

python preprocess.py FILE CHANNELS RATE JOBS
"""

import sys
import time
import warnings

warnings.simplefilter("ignore")

from spikeinterface.core import read_binary  # noqa: E402
from spikeinterface.core.job_tools import TimeSeriesChunkExecutor  # noqa: E402
from spikeinterface.preprocessing import bandpass_filter, common_reference  # noqa: E402

file, channels, rate, jobs = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])

WAYS = {
    "one": dict(n_jobs=1),
    "processes": dict(n_jobs=jobs, pool_engine="process", mp_context="fork", max_threads_per_worker=1),
    "threads": dict(n_jobs=jobs, pool_engine="thread"),
}


def start(recording):
    return {"recording": recording}


def read(segment_index, start_frame, end_frame, context):
    context["recording"].get_traces(segment_index=segment_index, start_frame=start_frame, end_frame=end_frame)


if __name__ == "__main__":
    raw = read_binary(file, sampling_frequency=rate, num_channels=channels, dtype="int16")
    recording = common_reference(bandpass_filter(raw))
    for line in sys.stdin:
        begin = time.perf_counter()
        TimeSeriesChunkExecutor(
            recording, read, start, (recording,), chunk_duration="1s", progress_bar=False, **WAYS[line.strip()]
        ).run()
        print(time.perf_counter() - begin, flush=True)
