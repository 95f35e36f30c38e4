/** Every migration, oldest first. A released migration is never edited: add the next one. */

import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';
import { reruns } from './0002-reruns.ts';
import { queue } from './0003-queue.ts';
import { work } from './0004-work.ts';

export const MIGRATIONS: readonly Migration[] = [initial, reruns, queue, work];
