import { type DType, sampleArrays } from '../shared/recording.ts';
import { dtypeOf, type NumericArray } from '../store/npyType.ts';

/** The type traces are stored in: blocks are float32, so more than that would be empty digits. */
export function storedType(dtype: DType): DType {
  return dtype === 'float64' ? 'float32' : dtype;
}

/** NumPy's name of it. */
export function numpyType(dtype: DType): string {
  return dtypeOf(new sampleArrays[storedType(dtype)](0));
}

/** Values as a file has them. Those of integer recordings are whole and within range: the steps see to that. */
export function storedSamples(traces: Float32Array, dtype: DType): NumericArray {
  const Typed = sampleArrays[storedType(dtype)];
  if (traces instanceof Typed) return traces;
  const out = new Typed(traces.length);
  out.set(traces);
  return out;
}
