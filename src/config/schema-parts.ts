/** Pieces of the shape of `slicewise.yaml`: names, paths, numbers with limits. */

import type { z as Zod } from 'zod';
import type { Limit } from './limits.ts';

type Z = typeof Zod;

/** A name or path: YAML may read `007` or `true` as something else, and the spelling is kept. */
export function textShape(z: Z) {
  return z.union([z.string(), z.number(), z.boolean()]);
}

/** One path or several. */
export function pathsShape(z: Z) {
  return z.union([textShape(z), z.array(textShape(z)).min(1)]);
}

/** A number within its limits. */
export function numberShape(z: Z, limit: Limit) {
  let shape = limit.integer ? z.number().int() : z.number();
  if (limit.min !== undefined) shape = shape.min(limit.min);
  if (limit.above !== undefined) shape = shape.gt(limit.above);
  if (limit.max !== undefined) shape = shape.max(limit.max);
  if (limit.below !== undefined) shape = shape.lt(limit.below);
  return shape;
}
