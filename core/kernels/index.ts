export { sosfiltfilt } from './filter';
export { rowMedians, subtractMedians } from './median';
export { minMax } from './minMax';
export { affine, gram } from './product';
export { wholeNumbers } from './round';
export { spanSums, spatialFilter } from './spatial';
export { multiplySpectrum } from './spectrum';
export { windowPower } from './windowPower';
