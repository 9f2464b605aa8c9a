import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings, settingNames } from '../../src/platform/config/settings.js';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  restart?: string;
  network_mode?: string;
  ports?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const isOneShot = (service: Service): boolean => service.restart === 'no';

/** As compose does it for somebody without a .env file. */
function defaults(service: Service): Record<string, string> {
  const entries = Object.entries(service.environment ?? {});
  const fill = (value: unknown): string => String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1');
  return Object.fromEntries(entries.map(([name, value]) => [name, fill(value)]));
}

const imagesOf = (dockerfile: string): string[] =>
  [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!);

describe('docker-compose.yml', () => {
  it('has the processes of the platform and what they need', () => {
    expect(services.map(([name]) => name).sort()).toEqual([
      'mail',
      'migrate',
      'postgres',
      'redis',
      'sandbox',
      'web',
      'worker',
    ]);
  });

  it.each(services.filter(([, service]) => !isOneShot(service)))(
    '%s runs for good: it says when it is healthy and comes back after a crash',
    (_name, service) => {
      expect(service.healthcheck?.test.length).toBeGreaterThan(1);
      expect(service.restart).toBe('unless-stopped');
    },
  );

  it.each(
    services.flatMap(([name, { depends_on }]) =>
      Object.entries(depends_on ?? {}).map((d) => [name, ...d] as const),
    ),
  )('%s waits for %s until it is of use, not until it merely started', (_name, dependency, { condition }) => {
    const expected = isOneShot(compose.services[dependency]!)
      ? 'service_completed_successfully'
      : 'service_healthy';
    expect(condition).toBe(expected);
  });

  it.each(['web', 'worker'])('%s starts after the migrations, with a database and a queue', (name) => {
    expect(Object.keys(compose.services[name]!.depends_on!)).toEqual(
      expect.arrayContaining(['migrate', 'postgres', 'redis']),
    );
  });

  it.each(services)('%s opens its ports to this machine only', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('names a version of every image', () => {
    const foreign = services.flatMap(([, { image }]) => (image && image !== 'obole:local' ? [image] : []));
    const images = [...foreign, ...imagesOf(read('Dockerfile'))];
    expect(images.length).toBeGreaterThan(3);
    for (const image of images) expect(image).toMatch(/^[\w./-]+:v?\d[\w.-]*$/);
  });

  it('builds the image of our own services in one place', () => {
    const ours = services.filter(([, { image }]) => image === 'obole:local').map(([name]) => name);
    expect(ours.sort()).toEqual(['migrate', 'sandbox', 'web', 'worker']);
    expect(services.filter(([, { build }]) => build).map(([name]) => name)).toEqual(['migrate']);
  });

  it.each(services.filter(([, { image }]) => image === 'obole:local'))(
    '%s starts a file that the build makes, with settings that exist',
    (_name, service) => {
      const script = service.command?.find((word) => word.startsWith('dist/'));
      expect(script).toMatch(/^dist\/src\/.*\.js$/);
      expect(existsSync(join(root, script!.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
      const sandboxNames = read('src/sandbox/read-settings.ts').match(/SANDBOX_[A-Z_]+/g) ?? [];
      for (const name of Object.keys(service.environment!)) {
        expect([...settingNames, ...sandboxNames]).toContain(name);
      }
    },
  );

  it.each(['migrate', 'web', 'worker'])(
    '%s is a complete production configuration without any .env',
    (name) => {
      const settings = readSettings(defaults(compose.services[name]!));
      expect(settings).toMatchObject({
        NODE_ENV: 'production',
        MOLLIE_API_URL: 'https://localhost:8443/v2/',
      });
    },
  );

  it('gives the owner of the schema to the migrations alone', () => {
    const owners = services.filter(([, { environment }]) => environment?.DATABASE_OWNER_URL);
    expect(owners.map(([name]) => name)).toEqual(['migrate']);
  });

  it('web, worker and sandbox mean the same by localhost, without wanting the same port', () => {
    const [web, worker, sandbox] = ['web', 'worker', 'sandbox'].map((name) => compose.services[name]!);
    expect([web!.network_mode, worker!.network_mode]).toEqual(['service:sandbox', 'service:sandbox']);
    const { SANDBOX_API_PORT, SANDBOX_CHECKOUT_PORT } = sandbox!.environment!;
    const ports = [
      web!.environment!.PORT,
      worker!.environment!.PORT,
      SANDBOX_API_PORT,
      SANDBOX_CHECKOUT_PORT,
    ];
    expect(new Set(ports).size).toBe(4);
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('runs as an ordinary user and tells its health', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toContain('/health/ready');
  });

  it('copies only what the build context lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
      paths!.split(' ').map((path) => path.replace(/^\.\//, '')),
    );
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect(allowed).toContain(path);
  });
});
