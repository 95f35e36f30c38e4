/** ZIP archives, read member by member in memory. */
export { LARGEST_MEMBER_BYTES, openZip, type ZipArchive, type ZipMember } from './zip-archive.ts';
