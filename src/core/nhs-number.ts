const CANDIDATE = /(?<!\d)(?=(\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4})(?!\d))/g;

/** UUIDs, and hashes in hexadecimal: by chance one in a few hundred has ten digits that would do. */
const IDS = /\b([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{32,128})\b/gi;

/**
 * Whether ten digits are a valid NHS number: weights 10 to 2 over the first nine, and the last is 11 less the
 * remainder by 11 (11 counts as 0; 10 is never issued) [NHS Data Dictionary, NHS NUMBER].
 */
function holdsModulus11(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/**
 * The first valid NHS number in a text, as it is written there, or null. Ten digits, plain or grouped 3-3-4 by a
 * space or hyphen, that are not part of a longer run of digits, nor of an id or a hash. No patient data may enter (domain.md section 9,
 * rule 16), so texts that hold one are refused.
 */
export function findNhsNumber(text: string): string | null {
  for (const match of text.replace(IDS, '').matchAll(CANDIDATE)) {
    const written = match[1] as string;
    if (holdsModulus11(written.replace(/\D/g, ''))) return written;
  }
  return null;
}
