/** Under what the reference lists the ten questions of an auditor (domain.md section 11), each a call by its number. */
export const AUDIT_QUESTIONS = 'audit questions';
