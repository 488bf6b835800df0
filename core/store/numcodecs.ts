// Bundled apart (dist/numcodecs.mjs): a megabyte that only zarr needs.
export { default as blosc } from 'numcodecs/blosc';
export { default as gzip } from 'numcodecs/gzip';
export { default as lz4 } from 'numcodecs/lz4';
export { default as zlib } from 'numcodecs/zlib';
export { default as zstd } from 'numcodecs/zstd';
