/** Shapley values: what each member of a team adds to its result, averaged over all orders in which it could be formed. */

/** Most members: 2^16 teams. */
const MOST = 16;

/**
 * Exact Shapley values. They sum to the value of all members minus that of none.
 *
 * @param members number of members, 0 to 16
 * @param value value of a team, given as a bit mask (bit i set: member i is in); called once per team
 * @throws RangeError when there are too many members
 * @source Shapley 1953; Pastor, de Alfaro and Baralis 2021, SIGMOD (item contributions)
 * @example shapleyValues(2, (team) => [0, 1, 2, 6][team]!) // [2.5, 3.5]
 */
export function shapleyValues(members: number, value: (team: number) => number): readonly number[] {
  if (!(Number.isInteger(members) && members >= 0 && members <= MOST)) {
    throw new RangeError(`${members} members, must be a whole number up to ${MOST}`);
  }
  const teams = 2 ** members;
  const values = Float64Array.from({ length: teams }, (_, team) => value(team));
  // The share of orders in which exactly the others of a team of this size come before a member.
  const share = [1 / members];
  for (let size = 1; size < members; size++) share.push((share[size - 1]! * size) / (members - size));
  return Array.from({ length: members }, (_, member) => {
    let sum = 0;
    for (let team = 0; team < teams; team++) {
      if ((team >> member) & 1) continue;
      sum += share[bits(team)]! * (values[team | (1 << member)]! - values[team]!);
    }
    return sum;
  });
}

function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
}
