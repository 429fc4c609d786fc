import type { ShownBlueprint } from '../../blueprints/blueprints.reader.js';
import { EVIDENCE_TYPES } from '../../storage/evidence.rules.js';
import type { Page } from '../page/page.js';
import { filesTable } from './blueprint.tables.js';
import { blueprintTrail } from './blueprint.words.js';

/** The files of a draft: uploaded, and taken out again. */
export function blueprintFilesPage(shown: ShownBlueprint): Page {
  const extensions = Object.keys(EVIDENCE_TYPES);
  return {
    view: 'blueprints/files.njk',
    title: 'Files',
    caption: `${shown.reference}: ${shown.title}`,
    trail: blueprintTrail(shown),
    tables: [filesTable(shown.latest.attachments, true)],
    model: {
      blueprint: shown,
      files: shown.latest.attachments,
      kinds: extensions.join(', '),
      accept: extensions.map((each) => `.${each}`).join(','),
    },
  };
}
