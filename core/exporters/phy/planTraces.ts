import { join, relative, sep } from 'node:path';
import type { CollectorSpec } from '../../shared/compute.ts';
import { UserError } from '../../shared/errors.ts';
import type { FlatFiles } from '../../shared/lists.ts';
import { chain, type DType, isStep, type RecordingInfo, type RecordingSpec } from '../../shared/recording.ts';
import { writeFileAtomic } from '../../store/writeFile.ts';
import { prepareTraces } from '../saveTraces.ts';
import { paramsFile } from './paramsFile.ts';

export interface TracesArgs {
  readonly folder: string;
  readonly target: string;
  readonly params: { readonly copy_binary: boolean; readonly dtype: 'auto' | 'int16' | 'float32' };
  readonly recording?: RecordingSpec;
  readonly info: RecordingInfo;
  readonly flat?: FlatFiles;
}

/** Writes params.py. What a pass has then to fill: recording.dat, or nothing where phy reads the original file. */
export async function planTraces(args: TracesArgs): Promise<readonly CollectorSpec[]> {
  const { folder, params, recording, info } = args;
  const write = (text: string) => writeFileAtomic(join(folder, 'params.py'), text);
  if (!params.copy_binary) {
    await write(originalParams(args));
    return [];
  }
  if (!recording)
    throw new UserError('the traces cannot be copied: the raw data of this analyzer cannot be read', {
      hint: 'Choose where the recording is, or turn "Copy the traces" off.',
    });
  const dtype = storedType(params.dtype, info.dtype);
  const datPaths = ['recording.dat'];
  const channels = info.channelIds.length;
  const { samplingFrequency: sampleRate, isFiltered: filtered } = info;
  await write(paramsFile({ datPaths, channels, dtype, offset: 0, sampleRate, filtered }));
  return [prepareTraces(join(folder, 'recording.dat'), dtype, info)];
}

function originalParams({ target, recording, info, flat }: TracesArgs): string {
  if (!flat && recording)
    throw new UserError(`phy cannot read the original files, which are of the format ${formatOf(recording)}`, {
      hint: 'Turn "Copy the traces" on.',
    });
  const datPaths = (flat?.paths ?? ['']).map((path) => path && relative(target, path).split(sep).join('/'));
  return paramsFile({
    datPaths,
    channels: flat?.channelsInFile ?? info.channelIds.length,
    dtype: flat?.dtype ?? 'int16',
    offset: flat?.offset ?? 0,
    sampleRate: info.samplingFrequency,
    // The file itself is as it was recorded, whatever the steps made of it.
    filtered: recording && isStep(recording) ? false : info.isFiltered,
  });
}

function formatOf(recording: RecordingSpec): string {
  const [source] = chain(recording);
  return source && !isStep(source) ? source.format : '';
}

/** float32 for types phy is slow with, or that hold more than it shows. */
function storedType(wanted: TracesArgs['params']['dtype'], own: DType): DType {
  if (wanted !== 'auto') return wanted;
  return own === 'float64' || own === 'int32' || own === 'uint32' ? 'float32' : own;
}
