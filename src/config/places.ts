/**
 * The folder of the package: migrations, programmes, package.json. Sources, `dist/` and the bundle all have this file
 * two folders below it.
 */
export const PACKAGE_FOLDER = new URL('../../', import.meta.url);

/** The folder of the program itself, `src/` or `dist/`: its views, and the verifier. */
export const PROGRAM_FOLDER = new URL('../', import.meta.url);
