/** What the queues keep in their address. */

export const QUEUES_VIEW = { queue: '', state: 'open', tag: '', item: '', page: 0 } as const;

/** Items of one page. */
export const PAGE_SIZE = 200;
