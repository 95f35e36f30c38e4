/** The settings that were tried last, each where its simulation rests: more releases go on from there, and what nobody looks at any more stops. */

import { type PolicySetting, type SettingTrial, startTrial } from '../../studies/index.ts';
import type { StudioSession } from '../session.ts';

/** Trials that are kept; the configured one among them. */
const MOST_KEPT = 6;

/** What is tried. */
export interface Tried {
  readonly setting: PolicySetting;
  readonly drop: number;
}

/** A trial of this session, and whether it is still looked at. */
export interface KeptTrial {
  readonly trial: Promise<SettingTrial>;
  /** False once another setting, or another planted loss, is asked about; the configured rules are always compared with. */
  isWanted(): boolean;
}

interface Desk {
  readonly trials: Map<string, Promise<SettingTrial>>;
  /** The setting that was asked about last, the configured rules aside, and the planted loss. */
  tried: string;
  drop: number;
}

const desks = new WeakMap<StudioSession, Desk>();

/**
 * The trial of a setting, begun where it is new.
 *
 * @param configured the rules as they stand
 */
export function keptTrial(asked: Tried, configured: PolicySetting, session: StudioSession): KeptTrial {
  const desk = desks.get(session) ?? { trials: new Map(), tried: '', drop: asked.drop };
  desks.set(session, desk);
  const own = JSON.stringify(asked.setting);
  const isConfigured = own === JSON.stringify(configured);
  desk.drop = asked.drop;
  if (!isConfigured) desk.tried = own;
  const key = `${asked.drop} ${own}`;
  const known = desk.trials.get(key);
  const trial = known ?? session.inTurn((release) => startTrial(release, asked, session.ports));
  // What was asked last stands last.
  desk.trials.delete(key);
  desk.trials.set(key, trial);
  trial.catch(() => desk.trials.delete(key));
  const [oldest] = desk.trials.keys();
  if (desk.trials.size > MOST_KEPT) desk.trials.delete(oldest!);
  return { trial, isWanted: () => desk.drop === asked.drop && (isConfigured || desk.tried === own) };
}
