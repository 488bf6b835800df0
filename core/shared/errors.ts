/** An expected failure, told to the user: what and where in the message, what to do in the hint. */
export class UserError extends Error {
  readonly hint: string | undefined;
  /** The file or folder it is about. */
  readonly path: string | undefined;

  constructor(message: string, options: { hint?: string; path?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.hint = options.hint;
    this.path = options.path;
  }
}

/** How an error crosses a port. `expected` is true for a UserError; anything else is a bug and the screen says so. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly expected: boolean;
  readonly hint?: string;
  readonly path?: string;
  readonly stack?: string;
}

export function toWire(error: unknown): WireError {
  if (error instanceof UserError)
    return {
      name: error.name,
      message: error.message,
      expected: true,
      ...(error.hint !== undefined && { hint: error.hint }),
      ...(error.path !== undefined && { path: error.path }),
    };
  if (error instanceof Error)
    return {
      name: error.name,
      message: error.message,
      expected: error.name === 'AbortError',
      ...(error.stack !== undefined && { stack: error.stack }),
    };
  return { name: 'Error', message: String(error), expected: false };
}

export function fromWire(wire: WireError): Error {
  if (wire.expected && wire.name === 'UserError')
    return new UserError(wire.message, {
      ...(wire.hint !== undefined && { hint: wire.hint }),
      ...(wire.path !== undefined && { path: wire.path }),
    });
  const error = new Error(wire.message);
  error.name = wire.name;
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

/** The error every cancelled job ends with. */
export function abortError(): Error {
  const error = new Error('cancelled');
  error.name = 'AbortError';
  return error;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
