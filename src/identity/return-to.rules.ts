const LONGEST = 2_000;
/** Pages to which nobody goes back: they would sign in again, or fail. */
const OF_SIGNING_IN = /^\/(sign-in|sign-out|oidc)(\/|$)/;

/**
 * Where somebody goes on after signing in: the path that they asked for where it is one of this server's, and the
 * start page otherwise. A browser takes `//host` and `/\host` as another server, and leaves out tabs and line breaks.
 */
export function localPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > LONGEST || !/^\/(?![/\\])/.test(wanted)) return '/';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(wanted) || !wanted.isWellFormed()) return '/';
  const here = 'http://here.invalid';
  const { origin, pathname, search, hash } = new URL(wanted, here);
  // Dots in a path can leave two slashes at its beginning.
  if (origin !== here || pathname.startsWith('//') || OF_SIGNING_IN.test(pathname)) return '/';
  return `${pathname}${search}${hash}`;
}
