const OUT_OF_ORDER = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EFBIG',
  'EMFILE',
  'ENFILE',
  'ENOENT',
]);

/** Whether a fault is that of a disk that is full, or cannot be written to: whoever asked may come again. */
export const isDiskFault = (error: unknown): boolean =>
  OUT_OF_ORDER.has((error as NodeJS.ErrnoException | null)?.code ?? '');
