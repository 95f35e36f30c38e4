/** What stands where a figure of classes cannot be given: why, and what to add. */

import { HostileText } from '../../ui/HostileText.tsx';
import { Empty } from '../../ui/states.tsx';

/** @param why the reason and what to do, as the studio answers them */
export function Missing({
  title,
  why,
}: {
  readonly title: string;
  readonly why: { readonly reason: string; readonly todo: string };
}) {
  return (
    <Empty title={title}>
      <p>
        <HostileText text={why.reason} />
      </p>
      <p>
        <HostileText text={why.todo} />
      </p>
    </Empty>
  );
}
