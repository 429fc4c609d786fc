/** The environment's variables as they are read, with every fault that is found on the way. */
export class Environment {
  /** In words: the variable, what is wrong with it, what it must be. No fault repeats a secret. */
  readonly faults: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** Without spaces around it; undefined where it is not set, or empty. */
  text(name: string): string | undefined {
    return this.variables[name]?.trim() || undefined;
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    this.faults.push(`${name} is "${value}"; it must be a whole number from ${min} to ${max}.`);
    return fallback;
  }

  /** The address of a server that Exemplar works with, such as the database's. */
  server(name: string, schemes: string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (!parsed || !schemes.includes(parsed.protocol))
      this.faults.push(`${name} must be an address that starts with ${schemes.join(' or ')}//.`);
    else if (parsed.searchParams.has('options'))
      this.faults.push(
        `${name} may not carry ?options=, because Exemplar sets the role and search path itself.`,
      );
    return value;
  }

  oneOf<T extends string>(name: string, words: readonly T[], fallback: T): T {
    const value = this.text(name) ?? fallback;
    if (!words.includes(value as T))
      this.faults.push(`${name} is "${value}"; it must be ${words.join(' or ')}.`);
    return value as T;
  }
}
