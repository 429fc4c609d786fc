import type { MeasurementView } from '../../targets/target.queries.js';
import type { Form } from '../page/form.js';
import { plural } from '../page/format.js';
import type { Page } from '../page/page.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { type MeasurementsAsked, measurementsPath, measurementsTable } from './measurements.page.js';

/** The most that are published in one go. */
export const MOST_PUBLISHED = 200;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Those that a form names, each in the revision that was looked at. @throws Problem 400 where it names none, or one that is none */
export function measurementsToPublish(form: Form): Array<{ id: string; revision: number }> {
  const items = Array.from({ length: Math.min(form.lines('items'), MOST_PUBLISHED) }, (_, index) => {
    const id = form.raw(`items/${index}/id`);
    if (!ID.test(id))
      form.fault(`items/${index}/id`, 'not-an-id', 'This is no measurement. Open the page again.');
    return { id, revision: form.whole(`items/${index}/revision`, { label: 'Revision', min: 1 }) };
  });
  if (items.length === 0)
    form.fault('items', 'missing', 'There is nothing to publish. Choose validated measurements.');
  form.check();
  return items;
}

/** Asks before measurements are made public. */
export function publicationPage(views: {
  programme: { slug: string; name: string };
  filter: MeasurementsAsked;
  measurements: readonly MeasurementView[];
  /** Whether there are more than are published in one go. */
  more: boolean;
}): Page {
  const { programme, filter, measurements, more } = views;
  const back = measurementsPath(programme.slug, filter);
  return {
    view: 'progress/publication.njk',
    title: 'Publish validated measurements',
    caption: programme.name,
    trail: programmeTrail(programme, { text: 'Measurements', href: back }),
    tables: [
      measurementsTable(measurements, {
        caption: 'What becomes public',
        next: null,
        empty: 'There is nothing to publish: no measurement here is validated and not yet public.',
      }),
    ],
    model: {
      programme,
      back,
      action: `/programmes/${programme.slug}/measurements/publication`,
      items: measurements.map(({ id, revision }) => ({ id, revision })),
      number: measurements.length,
      more,
      button: `Publish ${plural(measurements.length, 'measurement')}`,
    },
  };
}
