/** Long computations in steps: a generator that yields between them, carried out at one go, or so that others have their turn. */

/** A computation that yields wherever it may be interrupted. */
export type Steps<T> = Generator<void, T>;

/** Carries it out at one go. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Carries it out and lets everything else that waits have its turn after each step: a server answers meanwhile. */
export async function givingWay<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}
