/** Answers the questions of `contract/classes.ts`. */

import type { ClassEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const classesServices: Services<ClassEndpoints> = {};
