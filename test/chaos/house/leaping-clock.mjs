// Preloaded into the processes of the platform: their clock is ahead by what a file says, so that months pass in a run.
import { readFileSync } from 'node:fs';

const LOOK_MS = 100;
const SystemDate = Date;
const file = process.env.CHAOS_CLOCK_FILE;
const read = () => Number(readFileSync(file, 'utf8'));

let aheadMs = read();
setInterval(() => (aheadMs = read()), LOOK_MS).unref();
const now = () => SystemDate.now() + aheadMs;

globalThis.Date = new Proxy(SystemDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: () => new SystemDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
