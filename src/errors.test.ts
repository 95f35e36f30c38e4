/** Several things that may fail: all that is wrong is said at once. */

import { describe, expect, it } from 'vitest';
import { allOrProblems, DataError, InternalError, UsageError } from './errors.ts';

const fails = (error: Error) => async (): Promise<number> => {
  throw error;
};
const gives = (value: number) => async () => value;

describe('allOrProblems', () => {
  it('gives what each task gives', async () => {
    expect(await allOrProblems(gives(1), gives(2), gives(3))).toEqual([1, 2, 3]);
  });

  it('fails as the first did, with the problems of all, each once', async () => {
    const missing = { message: 'does not exist', where: { file: 'a.csv' } };
    const all = allOrProblems(
      gives(1),
      fails(new DataError(missing)),
      fails(new UsageError({ message: 'no column "x"' })),
      fails(new DataError(missing)),
    );
    await expect(all).rejects.toThrow(DataError);
    await expect(all).rejects.toThrow('does not exist (a.csv)\nno column "x"');
  });

  it('passes the error of a single task on as it is', async () => {
    const error = new UsageError({ message: 'no column "x"' });
    await expect(allOrProblems(gives(1), fails(error))).rejects.toBe(error);
  });

  it('stops at faults that no user caused', async () => {
    const fault = new InternalError({ message: 'impossible' });
    await expect(allOrProblems(fails(fault), fails(new DataError({ message: 'b' })))).rejects.toBe(fault);
  });
});
