import 'regl';

/** What @plotly/regl has besides regl: drawing code prepared at build time. */
declare module 'regl' {
  interface InitializationOptions {
    cachedCode?: CachedCode;
  }
  interface Regl {
    getCachedCode(): CachedCode;
  }
}

declare global {
  /** Functions regl generated, by the hash of their source. */
  type CachedCode = Record<string, (...args: never[]) => unknown>;
}
