import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Port, serve } from '../shared/rpc.ts';
import { jobs } from './jobs.ts';

if (!parentPort) throw new Error('worker.ts runs in a worker thread');
const own = parentPort;

/** So much nicer than the threads that draw: they are on time, and what is left is still nearly all. */
const NICER = 5;
// On Linux a thread has a priority of its own; elsewhere it would be that of the whole process.
if (workerData?.behind === true && process.platform === 'linux') setPriority(NICER);

const port: Port = {
  post: (message, transfer = []) => own.postMessage(message, [...transfer]),
  onMessage: (handler) => own.on('message', handler),
};
serve(port, jobs);
