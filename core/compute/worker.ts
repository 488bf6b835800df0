import { parentPort } from 'node:worker_threads';
import { type Port, serve } from '../shared/rpc.ts';
import { jobs } from './jobs.ts';

if (!parentPort) throw new Error('worker.ts runs in a worker thread');
const own = parentPort;

const port: Port = {
  post: (message, transfer = []) => own.postMessage(message, [...transfer]),
  onMessage: (handler) => own.on('message', handler),
};
serve(port, jobs);
