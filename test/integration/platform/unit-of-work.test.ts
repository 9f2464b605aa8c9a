import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/kernel/domain-error.js';
import { newId } from '../../../src/kernel/ids.js';
import { assertNoTransaction } from '../../../src/platform/database/ambient-unit.js';
import { defineConstraintErrors } from '../../../src/platform/database/constraint-errors.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StoredFiles } from '../../../src/platform/storage/stored-files.js';
import { Books } from '../../support/books.js';
import { startPlatform, type PlatformApp } from '../../support/platform-app.js';

let app: PlatformApp;
let uow: UnitOfWork;
let books: Books;
const [mine, theirs] = [newId(), newId()];

defineConstraintErrors({ shelf_place_unique: () => new DomainError('conflict', 'place_taken', 'Taken.') });

beforeAll(async () => {
  app = await startPlatform([]);
  uow = app.get(UnitOfWork);
  books = new Books(app);
  await books.rows(`CREATE TABLE shelf (association_id uuid NOT NULL, place int NOT NULL, thing text,
    CONSTRAINT shelf_place_unique UNIQUE (association_id, place), CONSTRAINT shelf_thing CHECK (thing <> 'snake'))`);
  await books.rows(`ALTER TABLE shelf ENABLE ROW LEVEL SECURITY`);
  await books.rows(`CREATE POLICY shelf_scope ON shelf
    USING (association_id = current_association() OR in_scope_across())
    WITH CHECK (association_id = current_association() OR in_scope_across())`);
  await books.rows(`GRANT SELECT, INSERT, UPDATE ON shelf TO obole_app`);
});
beforeEach(() => books.rows('TRUNCATE shelf'));
afterAll(async () => {
  await books.close();
  await app.close();
});

const put = (place: number, thing = 'book', association = mine) =>
  uow.execute('INSERT INTO shelf (association_id, place, thing) VALUES ($1, $2, $3)', [
    association,
    place,
    thing,
  ]);
const change = (place: number, thing: string) =>
  uow.execute('UPDATE shelf SET thing = $2 WHERE place = $1', [place, thing]);
const onShelf = () => books.count('shelf');

describe('a unit of work', () => {
  it('is whole or nothing', async () => {
    const broken = uow.inTenant(mine, async () => {
      await put(1);
      throw new Error('half-way');
    });
    await expect(broken).rejects.toThrow('half-way');
    expect(await onShelf()).toBe(0);
  });

  it('inside one of the same association joins it: undone together', async () => {
    const broken = uow.inTenant(mine, async () => {
      await uow.inTenant(mine, () => put(1));
      expect(await onShelf()).toBe(0);
      throw new Error('outer');
    });
    await expect(broken).rejects.toThrow('outer');
    expect(await onShelf()).toBe(0);
  });

  it.each([
    ['another association', () => uow.inTenant(theirs, async () => undefined)],
    ['all associations', () => uow.acrossTenants('a test', async () => undefined)],
  ])('cannot change to %s while it runs', async (_name, nested) => {
    const broken = uow.inTenant(mine, nested);
    await expect(broken).rejects.toThrow('cannot change its scope');
  });

  it('needs a UUID, so that its scope cannot be written by somebody else', async () => {
    expect(() => uow.inTenant(`x'; SET LOCAL obole.scope = 'across`, async () => undefined)).toThrow(
      TypeError,
    );
  });

  it('sees and writes the rows of its association alone', async () => {
    await uow.inTenant(theirs, () => put(1, 'theirs', theirs));
    await uow.inTenant(mine, async () => {
      expect(await uow.query('SELECT FROM shelf')).toEqual([]);
      expect(await change(1, 'stolen')).toBe(0);
    });
    await expect(uow.inTenant(mine, () => put(2, 'smuggled', theirs))).rejects.toThrow('row-level security');
    await uow.acrossTenants('a test', async () =>
      expect(await uow.query('SELECT FROM shelf')).toHaveLength(1),
    );
  });

  it('leaves nothing of its scope to the next user of the connection', async () => {
    await uow.inTenant(theirs, () => put(1, 'theirs', theirs));
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        nth % 2 === 0
          ? uow.acrossTenants('a test', () => uow.query('SELECT FROM shelf'))
          : uow.inTenant(mine, () => uow.query('SELECT FROM shelf')),
      ),
    );
    expect(seen.map((rows) => rows.length)).toEqual(seen.map((_, nth) => (nth % 2 === 0 ? 1 : 0)));
  });

  it('must run for whoever reads or writes', () => {
    expect(() => uow.manager).toThrow('No unit of work is running');
  });

  it('keeps foreign calls out', async () => {
    expect(() => assertNoTransaction()).not.toThrow();
    await uow.inTenant(mine, async () => expect(() => assertNoTransaction()).toThrow('A foreign call'));
  });
});

describe('what waits for the commit', () => {
  it('happens after it, and never when the unit is undone', async () => {
    const happened: string[] = [];
    await uow.inTenant(mine, async () => {
      uow.afterCommit(() => happened.push('after'));
      await put(1);
      happened.push('inside');
    });
    const broken = uow.inTenant(mine, async () => {
      uow.afterCommit(() => happened.push('undone'));
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(happened).toEqual(['inside', 'after']);
  });
});

describe('two units that wait for each other', () => {
  it('both succeed: the one that PostgreSQL breaks off runs again, whole', async () => {
    await uow.inTenant(mine, async () => {
      await put(1);
      await put(2);
    });
    const tries = { forth: 0, back: 0 };
    const effects: string[] = [];
    let met = 0;
    let open: () => void;
    const both = new Promise<void>((resolve) => (open = resolve));
    const cross = (name: keyof typeof tries, first: number, second: number) =>
      uow.inTenant(mine, async () => {
        tries[name] += 1;
        uow.afterCommit(() => effects.push(name));
        await change(first, name);
        met += 1;
        if (met >= 2) open();
        await both;
        await change(second, name);
      });
    await Promise.all([cross('forth', 1, 2), cross('back', 2, 1)]);
    // On a busy machine they may cross a second time.
    expect(tries.forth + tries.back).toBeGreaterThan(2);
    expect(effects.sort()).toEqual(['back', 'forth']);
  });
});

describe('a refusal of the database', () => {
  it('has the meaning that its constraint was given', async () => {
    await uow.inTenant(mine, () => put(1));
    await expect(uow.inTenant(mine, () => put(1))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'place_taken',
    });
  });

  it('without a meaning passes through as it is: nobody guesses', async () => {
    const error = await uow.inTenant(mine, () => put(1, 'snake')).catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(DomainError);
    expect(String(error)).toContain('shelf_thing');
  });
});

describe('stored files', () => {
  it('are given back byte for byte with their hash, to their association alone, and never change', async () => {
    const files = app.get(StoredFiles);
    const bytes = Buffer.from([0, 255, 37, 80, 68, 70]);
    const { id, sha256 } = await uow.inTenant(mine, () => files.put(bytes, 'application/pdf'));
    expect(await uow.inTenant(mine, () => files.get(id))).toEqual({
      id,
      sha256,
      mediaType: 'application/pdf',
      bytes,
    });
    await expect(uow.inTenant(theirs, () => files.get(id))).rejects.toMatchObject({ code: 'file_not_found' });
    await expect(uow.inTenant(mine, () => uow.execute('DELETE FROM stored_files'))).rejects.toThrow(
      'permission denied',
    );
    for (const edit of [`UPDATE stored_files SET bytes = ''`, 'DELETE FROM stored_files'])
      await expect(books.rows(edit)).rejects.toThrow('never changed or deleted');
  });
});
