import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../core/actor.js';
import { cursorValues, idIn, isId, type Page, type PageRequest, pageOf } from '../core/paging.js';
import { notFound } from '../core/problems.js';
import { type Reader, ReadScope } from '../database/read-scope.js';
import { ProgrammesReader } from '../programmes/programmes.reader.js';
import {
  type BlueprintContactView,
  type BlueprintHead,
  type BlueprintRow,
  type BlueprintVersionView,
  blueprintContact,
  blueprintContacts,
  blueprintHead,
  blueprintsOfProgramme,
  blueprintVersions,
  type LibraryFilter,
  library,
} from './blueprint.queries.js';
import {
  type BlueprintStep,
  blueprintTitle,
  newVersionBlockers,
  openBlueprintSteps,
  STEP_PERMISSION,
} from './blueprint.rules.js';
import {
  type WaitingQuestion,
  type WaitingVersion,
  waitingQuestions,
  waitingVersions,
} from './blueprint-notice.queries.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(\+00:00|Z)$/;
const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

/** A blueprint in a list, with its title. */
export type ListedBlueprint = BlueprintRow & { title: string };

/** A blueprint with the versions that its reader may see. */
export interface ShownBlueprint extends BlueprintHead {
  title: string;
  /** The newest version: what its trust works on, or what is published. */
  latest: TitledVersion;
  /** What others use; null where none is published now. */
  published: TitledVersion | null;
  /** All versions, the newest first. */
  versions: Array<Pick<TitledVersion, 'number' | 'state' | 'submittedAt' | 'publishedAt' | 'endedBecause'>>;
  /** The steps that the reader may take with the newest version. */
  next: BlueprintStep[];
  /** Whether the reader may write in the draft, and begin the next version. */
  mayWrite: boolean;
  mayBeginVersion: boolean;
}

/** A version with its title. */
export type TitledVersion = BlueprintVersionView & { title: string };

const titled = (version: BlueprintVersionView): TitledVersion => ({
  ...version,
  title: blueprintTitle(version),
});
const listed = (row: BlueprintRow): ListedBlueprint => ({ ...row, title: blueprintTitle(row) });

/** A version that waits, with its title and the steps that its reader may take. */
export type ListedWaiting = WaitingVersion & { title: string; next: BlueprintStep[] };

/** The whole library. */
export const EVERYTHING: LibraryFilter = {
  ...{ search: null, programme: null, trust: null, userGroup: null, careSetting: null, projectType: null },
  ...{ capability: null, maturitySection: null, product: null },
};

/** Anybody: what they are shown is chosen by what is published, and not by whose it is. */
const ANYBODY: Reader = { trustId: null };

/** Blueprints as they are shown. */
@Injectable()
export class BlueprintsReader {
  constructor(
    private readonly scope: ReadScope,
    private readonly programmes: ProgrammesReader,
  ) {}

  /**
   * A page of what is published, of every programme, the latest first (project lead 10).
   * @param actor null: the public, who is not told whom to ask
   * @throws Problem 400 where the cursor is not one
   */
  async library(
    actor: Actor | null,
    filter: LibraryFilter,
    { limit, after }: PageRequest,
  ): Promise<Page<ListedBlueprint>> {
    const before = cursorValues(after, [isInstant, isId]);
    const rows = await this.scope.run(actor ?? ANYBODY, (sql) => library(sql, filter, limit + 1, before));
    const { items, next } = pageOf(rows, limit, ({ publishedAt, versionId }) => [publishedAt, versionId]);
    return { items: items.map((row) => listed(actor ? row : { ...row, contact: null })), next };
  }

  /** A page of a programme's blueprints, each by the newest version that the reader may see. @throws Problem 404; 400 */
  async ofProgramme(
    actor: Actor,
    slug: string,
    filter: { state: string | null; trust: string | null; project: string | null },
    { limit, after }: PageRequest,
  ): Promise<Page<ListedBlueprint>> {
    const before = idIn(after);
    const rows = await this.programmes.within(actor, slug, (sql, id) =>
      blueprintsOfProgramme(sql, id, filter, limit + 1, before),
    );
    const { items, next } = pageOf(rows, limit, ({ versionId }) => [versionId]);
    return { items: items.map(listed), next };
  }

  /** One blueprint, with what its reader may do. @throws Problem 404 */
  async one(actor: Actor, id: string): Promise<ShownBlueprint> {
    const { head, versions } = await this.read(actor, id);
    const shown = shownOf(head, versions);
    const { latest } = shown;
    const facts = { state: latest.state, authors: authorsOf(latest) };
    const own = actor.trustId === null || actor.trustOds === head.trust.odsCode;
    const prepares = own && may(actor, 'blueprint:prepare');
    return {
      ...shown,
      next: own ? openBlueprintSteps(facts, actor).filter((step) => may(actor, STEP_PERMISSION[step])) : [],
      mayWrite: prepares && latest.state === 'draft',
      mayBeginVersion: prepares && newVersionBlockers(latest.state).length === 0,
    };
  }

  /** One blueprint as the public sees it: what is published, without whom to ask. @throws Problem 404 */
  async published(id: string): Promise<{ shown: ShownBlueprint; versions: TitledVersion[] }> {
    const { head, versions } = await this.read(ANYBODY, id);
    const known = versions
      .filter(({ publishedAt, state }) => publishedAt !== null && state !== 'withdrawn')
      .map((version) => ({ ...version, question: null, answer: null }));
    if (!known.some(({ state }) => state === 'published')) throw notFound('blueprint');
    const shown = shownOf({ ...head, contact: null }, known);
    return { shown: { ...shown, next: [], mayWrite: false, mayBeginVersion: false }, versions: known };
  }

  /** All versions that the reader may see, whole, the newest first. @throws Problem 404 */
  async versions(actor: Actor, id: string): Promise<TitledVersion[]> {
    return (await this.read(actor, id)).versions;
  }

  /** A page of the questions and visits of a blueprint, the newest first. @throws Problem 404; 400 */
  async contacts(
    actor: Actor,
    id: string,
    { limit, after }: PageRequest,
  ): Promise<Page<BlueprintContactView>> {
    const before = idIn(after);
    const rows = await this.scope.run(actor, async (sql) => {
      if (!(await blueprintHead(sql, id))) throw notFound('blueprint');
      return blueprintContacts(sql, id, limit + 1, before);
    });
    return pageOf(rows, limit, (row) => [row.id]);
  }

  /**
   * What waits of a programme's blueprints: the versions that somebody has yet to review, decide on or answer, each with
   * the steps that the actor may take; and the questions about blueprints of their own trust that nobody has answered.
   * `limit` of each at most. @throws Problem 404
   */
  async waiting(
    actor: Actor,
    slug: string,
    limit: number,
  ): Promise<{ versions: Array<ListedWaiting>; questions: WaitingQuestion[] }> {
    const owner = may(actor, 'blueprint:prepare') ? actor.trustId : null;
    const { versions, questions } = await this.programmes.within(actor, slug, async (sql, id) => ({
      versions: await waitingVersions(sql, id, limit),
      questions: owner === null ? [] : await waitingQuestions(sql, id, owner, limit),
    }));
    const stepsOf = (version: WaitingVersion) =>
      openBlueprintSteps(version, actor).filter((step) => may(actor, STEP_PERMISSION[step]));
    return {
      versions: versions.map((each) => ({ ...each, title: blueprintTitle(each), next: stepsOf(each) })),
      questions,
    };
  }

  /** One question or visit. @throws Problem 404 */
  async contact(actor: Actor, id: string): Promise<BlueprintContactView> {
    const found = await this.scope.run(actor, (sql) => blueprintContact(sql, id));
    if (!found) throw notFound('question');
    return found;
  }

  private read(reader: Reader, id: string): Promise<{ head: BlueprintHead; versions: TitledVersion[] }> {
    return this.scope.run(reader, async (sql) => {
      const head = await blueprintHead(sql, id);
      const versions = head ? (await blueprintVersions(sql, id)).map(titled) : [];
      if (!head || versions.length === 0) throw notFound('blueprint');
      return { head, versions };
    });
  }
}

/** Everybody who wrote in a version, and who submitted it. */
const authorsOf = ({ authors, submittedBy }: TitledVersion): string[] =>
  submittedBy ? [...authors, submittedBy.id] : authors;

function shownOf(
  head: BlueprintHead,
  versions: readonly TitledVersion[],
): Omit<ShownBlueprint, 'next' | 'mayWrite' | 'mayBeginVersion'> {
  const latest = versions[0] as TitledVersion;
  return {
    ...head,
    title: blueprintTitle(latest),
    latest,
    published: versions.find(({ state }) => state === 'published') ?? null,
    versions: versions.map(({ number, state, submittedAt, publishedAt, endedBecause }) => ({
      ...{ number, state, submittedAt, publishedAt, endedBecause },
    })),
  };
}
