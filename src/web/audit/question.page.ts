import type { Page } from '../page/page.js';
import type { Table } from '../page/table.js';
import { programmeTrail } from '../programme/programme.trail.js';

/** A programme as pages name it. */
export interface ProgrammeRef {
  slug: string;
  name: string;
}

/** A figure in large, with what it is. */
export interface Figure {
  label: string;
  value: string;
  note?: string | undefined;
}

/** The answer to one question of an auditor (domain.md section 11), of one programme. */
export interface Answer {
  programme: ProgrammeRef;
  /** Its number among the auditor's questions. */
  question: number;
  title: string;
  /** The answer in a sentence. */
  lead: string;
  figures?: readonly Figure[];
  /** Tables in their order, each with what is said before it. */
  sections: ReadonlyArray<{ words?: string; table: Table }>;
  /** What the answer rests on, and what it leaves out. */
  notes?: readonly string[];
}

/** The page of an answer. */
export function questionPage({
  programme,
  question,
  title,
  lead,
  figures = [],
  sections,
  notes = [],
}: Answer): Page {
  return {
    view: 'audit/question.njk',
    title,
    caption: programme.name,
    trail: programmeTrail(programme, { text: 'Audit', href: `/programmes/${programme.slug}/audit` }),
    tables: sections.map(({ table }) => table),
    model: {
      programme,
      question,
      lead,
      figures,
      notes,
      sections: sections.map(({ words, table }) => ({ words: words ?? null, table: table.id })),
    },
  };
}
