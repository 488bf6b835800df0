/**
 * What the Neuropixels probes are, by part number (`imDatPrb_pn`). Figures: IMEC's data sheets as collected in
 * https://github.com/billkarsh/ProbeTable (table 1.8). Lengths in µm.
 */
export interface NeuropixelsProbe {
  readonly shanks: number;
  readonly columns: number;
  readonly rows: number;
  readonly xPitch: number;
  readonly yPitch: number;
  /** From the shank's left edge to the leftmost contact of even and odd rows. */
  readonly evenRowX: number;
  readonly oddRowX: number;
  readonly shankPitch: number;
  readonly shankWidth: number;
  readonly tipLength: number;
  readonly shankLength: number;
  readonly contactSize: number;
  readonly adcBits: number;
  readonly adcRangeVpp: number;
  /** Fixed gain of the AP band; absent where the user sets it (and imroTbl says it). */
  readonly apGain?: number;
  readonly imro: Imro;
  readonly adc: Adc;
}

/** Layout of imroTbl's entries: what selects the electrodes and where the gains are. */
type Imro = 'bank' | 'groups' | 'electrode' | 'shankElectrode';

/** In which order the ADCs take the channels: see sampleOrder. */
type Adc = 'np1' | 'np2' | 'np1200';

const NP1: NeuropixelsProbe = {
  shanks: 1,
  columns: 2,
  rows: 480,
  xPitch: 32,
  yPitch: 20,
  evenRowX: 27,
  oddRowX: 11,
  shankPitch: 0,
  shankWidth: 70,
  tipLength: 209,
  shankLength: 10_000,
  contactSize: 12,
  adcBits: 10,
  adcRangeVpp: 1.2,
  imro: 'bank',
  adc: 'np1',
};
const NHP_LINEAR = { ...NP1, oddRowX: 27 };
const NHP_LEAFLET = { ...NP1, xPitch: 87, shankWidth: 125, tipLength: 373, shankLength: 45_000 };
const NHP_LONG = { ...NHP_LEAFLET, rows: 2208 };
const NHP_LONG_LINEAR = { ...NHP_LONG, xPitch: 103, evenRowX: 11 };
const NHP_MEDIUM = { ...NHP_LEAFLET, rows: 1248, shankLength: 25_000 };
const NHP_PASSIVE: NeuropixelsProbe = {
  ...NP1,
  rows: 64,
  yPitch: 31,
  evenRowX: 56.5,
  oddRowX: 36.5,
  shankWidth: 125,
  tipLength: 372,
  shankLength: 25_000,
  adc: 'np1200',
};
const OPTO = { ...NP1, xPitch: 48, evenRowX: 11 };
const ULTRA = {
  ...NP1,
  columns: 8,
  rows: 48,
  xPitch: 6,
  yPitch: 6,
  evenRowX: 14,
  oddRowX: 14,
  tipLength: 206.5,
  contactSize: 5,
};
const NP2: NeuropixelsProbe = {
  ...NP1,
  rows: 640,
  yPitch: 15,
  oddRowX: 27,
  tipLength: 206,
  adcBits: 12,
  adcRangeVpp: 1.24,
  apGain: 100,
  imro: 'electrode',
  adc: 'np2',
};
/** The prototypes have 14 bits and a gain of 80. */
const NP2_PROTOTYPE = { ...NP2, adcBits: 14, adcRangeVpp: 1, apGain: 80 };
const FOUR_SHANKS = { shanks: 4, shankPitch: 250, imro: 'shankElectrode' } as const;
const NP2_FOUR = { ...NP2, ...FOUR_SHANKS };
const NP3 = { ...NP2, tipLength: 203, adcRangeVpp: 1.34 };
const NP3_FOUR = { ...NP3, ...FOUR_SHANKS, tipLength: 204 };

const PROBES: Readonly<Record<string, NeuropixelsProbe>> = {
  NP1000: NP1,
  NP1001: NP1,
  NP1010: NP1,
  NP1011: NP1,
  NP1012: NP1,
  NP1013: NP1,
  NP1014: NP1,
  NP1015: NHP_LINEAR,
  NP1016: NHP_LINEAR,
  NP1017: NHP_LINEAR,
  NP1020: NHP_MEDIUM,
  NP1021: NHP_MEDIUM,
  NP1022: { ...NHP_MEDIUM, xPitch: 103, evenRowX: 11 },
  NP1030: NHP_LONG,
  NP1031: NHP_LONG,
  NP1032: NHP_LONG_LINEAR,
  NP1033: NHP_LONG_LINEAR,
  NP1040: NHP_LONG_LINEAR,
  NP1041: NHP_LONG_LINEAR,
  NP1042: NHP_LONG_LINEAR,
  NP1050: NHP_LONG_LINEAR,
  NP1051: NHP_LONG_LINEAR,
  NP1100: ULTRA,
  NP1110: { ...ULTRA, rows: 768, evenRowX: 15.5, oddRowX: 15.5, shankWidth: 73, tipLength: 203.5, imro: 'groups' },
  NP1120: {
    ...ULTRA,
    columns: 2,
    rows: 192,
    xPitch: 4.5,
    yPitch: 4.5,
    evenRowX: 6.75,
    oddRowX: 6.75,
    tipLength: 205.75,
    contactSize: 3.5,
  },
  NP1121: {
    ...ULTRA,
    columns: 1,
    rows: 384,
    xPitch: 0,
    yPitch: 3,
    evenRowX: 6.25,
    oddRowX: 6.25,
    tipLength: 205.25,
    contactSize: 2.5,
  },
  NP1122: {
    ...ULTRA,
    columns: 16,
    rows: 24,
    xPitch: 3,
    yPitch: 3,
    evenRowX: 12.5,
    oddRowX: 12.5,
    tipLength: 205.25,
    contactSize: 2.5,
  },
  NP1123: {
    ...ULTRA,
    columns: 12,
    rows: 32,
    xPitch: 4.5,
    yPitch: 4.5,
    evenRowX: 10.25,
    oddRowX: 10.25,
    tipLength: 205.75,
    contactSize: 3.5,
  },
  NP1200: NHP_PASSIVE,
  NP1210: { ...NHP_PASSIVE, shankLength: 45_000 },
  NP1300: OPTO,
  NP1400: OPTO,
  NP2000: NP2_PROTOTYPE,
  NP2003: NP2,
  NP2004: NP2,
  NP2005: NP2,
  NP2006: { ...NP2, oddRowX: 11 },
  NP2010: { ...NP2_PROTOTYPE, ...FOUR_SHANKS },
  NP2013: NP2_FOUR,
  NP2014: NP2_FOUR,
  NP2020: NP2_FOUR,
  NP2021: NP2_FOUR,
  NP2022: { ...NP2_FOUR, xPitch: 20, oddRowX: 11, shankPitch: 2141.45 },
  NP2300: { ...NP2, xPitch: 48, evenRowX: 11, oddRowX: 11 },
  NP3000: {
    ...NHP_PASSIVE,
    columns: 1,
    rows: 128,
    xPitch: 0,
    yPitch: 15,
    evenRowX: 59,
    oddRowX: 59,
    shankWidth: 70,
    tipLength: 206,
    shankLength: 10_000,
  },
  NP3010: NP3,
  NP3011: NP3,
  NP3012: NP3,
  NP3020: NP3_FOUR,
  NP3021: NP3_FOUR,
  NP3022: NP3_FOUR,
  NP3023: NP3_FOUR,
  NP3024: NP3_FOUR,
  PRB2_1_2_0640_0: NP2_PROTOTYPE,
  PRB2_4_2_0640_0: { ...NP2_PROTOTYPE, ...FOUR_SHANKS },
  PRB_1_2_0480_2: NP1,
  PRB_1_4_0480_1: NP1,
  PRB_1_4_0480_1_C: NP1,
};

/** Number that heads imroTbl (also imDatPrb_type) where no part number is known. */
const TYPES: Readonly<Record<string, string>> = { '0': 'NP1000', '21': 'NP2000', '24': 'NP2010' };

/** The probe of a part number or of imroTbl's type number; undefined if the table has neither. */
export function neuropixelsProbe(
  partNumber: string | undefined,
  type: string | undefined,
): NeuropixelsProbe | undefined {
  for (const name of [partNumber, type, TYPES[type ?? ''], `NP${type}`])
    if (name !== undefined && Object.hasOwn(PROBES, name)) return PROBES[name];
  return undefined;
}

/** Where electrode `electrode` of a shank lies, µm. The first contact of odd rows is at x = 0. */
export function electrodePosition(
  probe: NeuropixelsProbe,
  shank: number,
  electrode: number,
): readonly [number, number] {
  const row = Math.floor(electrode / probe.columns);
  const column = electrode % probe.columns;
  const stagger = row % 2 === 0 ? probe.evenRowX - probe.oddRowX : 0;
  return [column * probe.xPitch + stagger + shank * probe.shankPitch, row * probe.yPitch];
}

/** The shanks' outline: each with its tip, from left to right. */
export function neuropixelsContour(probe: NeuropixelsProbe): readonly (readonly [number, number])[] {
  const { shankWidth, tipLength, shankLength, shankPitch, oddRowX } = probe;
  const bottom = -11; // from the lowest contact's middle to where the tip begins
  return Array.from({ length: probe.shanks }, (_, shank) => {
    const left = shank * shankPitch - oddRowX;
    return [
      [left, shankLength + bottom],
      [left, bottom],
      [left + shankWidth / 2, bottom - tipLength],
      [left + shankWidth, bottom],
      [left + shankWidth, shankLength + bottom],
    ] as const;
  }).flat();
}

/**
 * When within one sample each channel is taken, as a fraction of the sampling period. An ADC takes its channels in
 * turn: 12 of them and once the LF band (13 turns) on 1.0 probes, 16 on 2.0 probes.
 */
export function interSampleShift(probe: NeuropixelsProbe, channel: number): number {
  if (probe.adc === 'np1') return Math.floor((channel % 24) / 2) / 13;
  if (probe.adc === 'np2') return Math.floor((channel % 32) / 2) / 16;
  return (
    Math.max(
      0,
      NP1200_ORDER.findIndex((slot) => slot.includes(channel)),
    ) / 13
  );
}

/** Channels the ADCs of the 128-channel probes take in each turn. */
const NP1200_ORDER: readonly (readonly number[])[] = [
  [84, 11, 85, 5, 74, 10, 56, 112, 46, 121, 39, 127],
  [100, 26, 110, 33, 69, 24, 63, 109, 45, 93, 25, 99],
  [87, 0, 82, 6, 71, 15, 53, 117, 43, 122, 42, 116],
  [102, 28, 81, 34, 70, 18, 60, 103, 17, 94, 27, 101],
  [73, 1, 86, 7, 68, 16, 50, 106, 40, 123],
  [105, 29, 75, 35, 67, 12, 54, 89, 20, 95],
  [76, 2, 83, 8, 65, 13, 47, 118, 49, 124],
  [108, 30, 78, 36, 64, 14, 51, 90, 23, 96],
  [79, 3, 80, 9, 62, 114, 44, 119, 52, 125],
  [104, 31, 72, 37, 61, 113, 57, 91, 19, 97],
  [88, 4, 77, 21, 59, 111, 41, 120, 55, 126],
  [107, 32, 66, 38, 58, 115, 48, 92, 22, 98],
];
