/** How far a job is. `unit` names what is counted ("s of recording"); the client works out the time left. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly of: number;
  readonly unit?: string;
}
