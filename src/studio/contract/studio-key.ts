/** How the server hands a page the key of its studio: behind the # of the first address, where no other server sees it. */

/** What stands before the key. */
export const KEY_MARK = 'studio-key=';

/** Where pages send it. */
export const KEY_HEADER = 'x-slicewise-key';
