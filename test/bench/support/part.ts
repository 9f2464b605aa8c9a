import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a part can be asked to do. Arguments and answers travel as structured clones. */
export type Procedures = Record<string, (argument: never) => unknown>;

/** A process of its own, so that what is measured and what measures do not share a thread. */
export interface Part<P extends Procedures> {
  call<K extends keyof P & string>(
    name: K,
    ...argument: Parameters<P[K]>
  ): Promise<Awaited<ReturnType<P[K]>>>;
  stop(): Promise<void>;
}

interface Ask {
  id: number;
  name: string;
  argument: unknown;
}
type Answer = { id: number; value?: unknown; error?: string };

const STARTED = 0;

/** Forks `parts/<name>.main.ts` and waits until it is ready. With a profile directory it leaves a CPU profile there. */
export async function startPart<P extends Procedures>(
  name: string,
  input: unknown,
  profileDir?: string,
): Promise<Part<P>> {
  const child = fork(fileURLToPath(new URL(`../parts/${name}.main.ts`, import.meta.url)), [], {
    execArgv: [
      ...process.execArgv,
      ...(profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, '--cpu-prof-interval=500'] : []),
    ],
    // The application logs as it does for its users, into nothing.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const exited = new Promise<void>((resolve) =>
    child.once('exit', (code) => {
      for (const [id, answer] of waiting) answer({ id, error: `The part ${name} ended with ${code}.` });
      resolve();
    }),
  );
  let asked = STARTED;
  const ask = (procedure: string, argument: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const id = asked++;
      waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      );
      child.send({ id, name: procedure, argument } satisfies Ask);
    });
  await ask('start', input);
  return {
    call: (procedure, ...[argument]) => ask(procedure, argument) as never,
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** The child's side: `start` gives the procedures, and `close` is called when the parent is done or gone. */
export function servePart<I, P extends Procedures>(
  start: (input: I) => Promise<{ procedures: P; close: () => Promise<void> }>,
): void {
  let part: { procedures: P; close: () => Promise<void> } | undefined;
  const carryOut = async ({ id, name, argument }: Ask): Promise<unknown> => {
    if (id !== STARTED) return part!.procedures[name]!(argument as never);
    part = await start(argument as I);
    return undefined;
  };
  process.on('message', (ask: Ask) => {
    carryOut(ask).then(
      (value) => process.send!({ id: ask.id, value }),
      (error: unknown) =>
        process.send!({ id: ask.id, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.once('disconnect', () => {
    void Promise.resolve(part?.close()).finally(() => process.exit(0));
  });
}
