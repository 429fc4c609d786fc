import type { Actor } from '../../core/actor.js';
import { unauthenticated } from '../../core/problems.js';
import type { ActingRequest } from '../../http/access.js';
import { claimOf } from '../../http/idempotency.js';
import { refuseForeignForm } from '../../http/page-access.js';
import { type SentFile, withSentFile } from '../../http/sent-file.js';
import { MAX_DESCRIPTION } from '../../storage/evidence.rules.js';
import { Form, type Typed } from './form.js';

const PROTECTION = ['_csrf', '_key', '_page', '_revision'] as const;

/** A file that was sent from a page: who sent it, with which form around it. */
export interface Upload<Field extends string> {
  /** Who sends it, once. */
  actor: Actor;
  form: Form;
  sent: SentFile<Field>;
}

/**
 * Works with a file that was sent from a page of ours. Its fields come before it.
 * @param fields of the form, besides those that every form carries
 * @throws Problem 403 where it is another site's form; as `withSentFile` does; whatever the work throws
 */
export function withPageUpload<T, Field extends string>(
  request: ActingRequest,
  fields: readonly Field[],
  work: (upload: Upload<Field>) => Promise<T>,
): Promise<T> {
  const { actor, session } = request;
  if (!actor || !session) throw unauthenticated('Sign in to upload a file.');
  return withSentFile<T, Field | (typeof PROTECTION)[number]>(request, [...PROTECTION, ...fields], (sent) => {
    const typed = Object.fromEntries(
      [...PROTECTION, ...fields].map((name) => [name, String(sent[name])]),
    ) as Typed;
    // What is wrong with the file is shown on the page that it was sent from.
    request.body = typed;
    refuseForeignForm(request, session.csrfSecret, typed._csrf);
    const by = { ...actor, idempotency: claimOf(typed._key, request) };
    const form = new Form(typed);
    // A browser sends a file without a name where none was chosen; what is wrong beside it is said with it.
    if (sent.fileName === '') form.fault('file', 'file-missing', 'Choose the file to upload.');
    return work({ actor: by, form, sent });
  });
}

/**
 * Works with a file whose form asks for its description, and for nothing else that could be wrong.
 * @param label of the description
 * @param more fields of the form that come before them
 * @throws Problem 400 with everything that is wrong; as `withPageUpload` does
 */
export function withDescribedUpload<T, Field extends string = never>(
  request: ActingRequest,
  label: string,
  work: (actor: Actor, sent: SentFile<'description' | Field>) => Promise<T>,
  more: readonly Field[] = [],
): Promise<T> {
  return withPageUpload<T, 'description' | Field>(
    request,
    [...more, 'description'],
    ({ actor, form, sent }) => {
      form.text('description', { label, max: MAX_DESCRIPTION });
      form.check();
      return work(actor, sent);
    },
  );
}
