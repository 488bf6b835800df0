import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from '../../core/open.ts';
import { detectBadChannels } from '../../core/preprocess/detectBadChannels.ts';
import { detectionSlices, findBadChannels } from '../../core/preprocess/findBadChannels.ts';
import { parseParams } from '../../core/shared/entry.ts';
import { memoryRecording } from '../../core/shared/memoryRecording.ts';
import type { Recording } from '../../core/shared/recording.ts';
import { z } from '../../core/shared/zod.ts';
import { readNumbers } from '../../core/store/npy.ts';
import type { Area, GoldenPlace } from './area.ts';
import { goldenRecording } from './goldenRecording.ts';
import { goldenSlices } from './slices.ts';

const recipeJson = z.object({
  source: z.string(),
  channel_indices: z.array(z.number()),
  samples: z.number(),
  blank_to_zero_frames: z.array(z.tuple([z.number(), z.number()])),
});

const verdictJson = z.object({
  params: z.record(z.string(), z.json()),
  bad_channel_ids: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
});
const verdictsJson = z.object({ note: z.string() }).catchall(verdictJson);

/** Labels of every method over the chunks SpikeInterface drew. */
export const badChannels: Area = {
  name: 'bad_channels',
  async *check(place) {
    const { recording, replaced } = await damagedRecording(place);
    const entry = 'bad_channels/detect_bad_channels.json';
    const slices = goldenSlices(place, 'bad_channels/random_slices.json');
    for (const [part, golden] of Object.entries(verdictsJson.parse(read(place, entry)))) {
      if (typeof golden === 'string') continue;
      const params = parseParams(detectBadChannels, 'step', golden.params);
      const found = await findBadChannels('detect_bad_channels', recording, params, place.signal, slices);
      const labels = recording.info.channelIds.map((id) => golden.labels[String(id)]);
      const wrong = found.channel_labels.filter((label, c) => label !== labels[c]).length;
      const same = found.bad_channel_ids.join() === golden.bad_channel_ids.join();
      yield { entry, part, error: wrong + (same ? 0 : 1) };
    }
    const drawn = detectionSlices(recording.info, parseParams(detectBadChannels, 'step', { num_random_chunks: 40 }));
    const odd = drawn.filter(([segment, start, end], i) => {
      const golden = slices[i];
      return golden?.[0] !== segment || end - start !== golden[2] - golden[1];
    });
    yield { entry: 'bad_channels/random_slices.json', error: odd.length + Math.abs(drawn.length - slices.length) };
    yield { entry: 'bad_channels/recipe.json', error: 0, note: 'read, to make the recording' };
    const own = await recording.read(0, 0, recording.info.numFrames[0]!);
    yield {
      entry: 'bad_channels/replaced_traces.npy',
      ours: columns(own, recording, replaced.channels),
      golden: replaced.data,
    };
  },
};

/** recording_raw, blanked and with channels replaced as recipe.json says. */
async function damagedRecording(place: GoldenPlace) {
  const recipe = recipeJson.parse(read(place, 'bad_channels/recipe.json'));
  const source = await open(await goldenRecording(place, 'recording_raw'));
  const { data } = await readNumbers(join(place.golden, 'bad_channels/replaced_traces.npy'));
  const channels = source.info.channelIds.length;
  const traces = await source.read(0, 0, recipe.samples);
  for (const [start, end] of recipe.blank_to_zero_frames) traces.fill(0, start * channels, end * channels);
  const width = recipe.channel_indices.length;
  recipe.channel_indices.forEach((channel, k) => {
    for (let f = 0; f < recipe.samples; f++) traces[f * channels + channel] = data[f * width + k]!;
  });
  source.close();
  return {
    recording: memoryRecording([traces], { ...source.info, numFrames: [recipe.samples] }),
    replaced: { channels: recipe.channel_indices, data },
  };
}

function columns(traces: Float32Array, { info }: Recording, channels: readonly number[]): number[] {
  const width = info.channelIds.length;
  return Array.from({ length: traces.length / width }, (_, f) => channels.map((c) => traces[f * width + c]!)).flat();
}

const read = (place: GoldenPlace, entry: string): unknown =>
  JSON.parse(readFileSync(join(place.golden, entry), 'utf8'));
