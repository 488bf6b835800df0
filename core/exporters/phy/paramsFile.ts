/** params.py: phy runs it as Python, so every text is written as a Python literal. */
export function paramsFile(params: {
  readonly datPaths: readonly string[];
  readonly channels: number;
  readonly dtype: string;
  readonly offset: number;
  readonly sampleRate: number;
  readonly filtered: boolean;
}): string {
  const { datPaths, channels, dtype, offset, sampleRate, filtered } = params;
  const dat = datPaths.length === 1 ? pythonText(datPaths[0]!) : `[${datPaths.map(pythonText).join(', ')}]`;
  return [
    `dat_path = ${dat}`,
    `n_channels_dat = ${channels}`,
    `dtype = '${dtype}'`,
    `offset = ${offset}`,
    `sample_rate = ${Number.isInteger(sampleRate) ? sampleRate.toFixed(1) : sampleRate}`,
    `hp_filtered = ${filtered ? 'True' : 'False'}`,
    '',
  ].join('\n');
}

function pythonText(text: string): string {
  const escaped = [...text].map((c) => {
    if (c === '\\' || c === "'") return `\\${c}`;
    const code = c.codePointAt(0)!;
    return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : c;
  });
  return `'${escaped.join('')}'`;
}
