/**
 * Verifies an export of the log, and says what it found.
 * @param args what follows the program's name
 * @param say takes one line
 * @returns the exit code: 0 all is right, 1 a fault, 2 it could not be checked
 */
export function verifyLog(args: readonly string[], say: (line: string) => void): Promise<number>;
