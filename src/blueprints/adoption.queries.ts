import { firstRow, given, type Sql } from '../database/sql.js';
import type { AdoptionMode, AdoptionState, OutcomeFacts } from './adoption.rules.js';
import type { FiguresState } from './adoption-figures.rules.js';
import type { BlueprintContent } from './blueprint.rules.js';

interface Body {
  odsCode: string;
  name: string;
}

/** An adoption as it is stored, with what of the blueprint its outcome is held against. */
export interface AdoptionRow extends OutcomeFacts {
  id: string;
  reference: string;
  programme: string;
  blueprint: { id: string; reference: string; version: number } & Pick<
    BlueprintContent,
    'what' | 'forWhom' | 'where'
  >;
  /** Who adopts, and whose blueprint it is. */
  organisation: Body;
  exemplar: Body;
  mode: AdoptionMode;
  /** Whether it follows the exemplar in this programme, by a pairing that is not ended. */
  follows: boolean;
  localChanges: string;
  abandonedOn: string | null;
  abandonedBecause: string | null;
  costBasis: string | null;
  /** Where its days and its cost stand, and who decided so; null where the reader may not know who. */
  figures: {
    state: FiguresState;
    decidedBy: { id: string; name: string } | null;
    decidedAt: string | null;
    note: string | null;
  };
  /** Everybody who recorded it, its days or its cost, by id. */
  figuresBy: string[];
  recordedAt: string;
  illustrative: boolean;
  revision: number;
}

/** An adoption whose figures wait to be looked at, or to be written anew. */
export interface WaitingFigures {
  id: string;
  reference: string;
  organisationId: string;
  organisation: string;
  figures: FiguresState;
  figuresBy: string[];
  state: AdoptionState;
}

/** Live adoptions of a programme whose figures are not validated, by their go-live; `limit` at most. */
export function waitingFigures(sql: Sql, programmeId: string, limit: number): Promise<WaitingFigures[]> {
  return sql.query<WaitingFigures>(
    `select a.id, a.reference, a.organisation_id as "organisationId", o.name as organisation, a.state,
       a.figures_state as figures, a.figures_by || a.recorded_by as "figuresBy"
     from adoption a join organisation o on o.id = a.organisation_id
     where a.programme_id = $1 and a.state = 'live' and a.figures_state <> 'validated'
     order by a.live_on, a.id limit $2`,
    [programmeId, limit],
  );
}

const OUTCOME = `a.state, a.started_on as "startedOn", a.live_on as "liveOn", a.cost_pence as "costPence",
    (v.snapshot #>> '{time,days}')::int as "exemplarDays", v.cost_pence as "exemplarPence",
    a.figures_state = 'validated' as validated`;

const VIEW = `select a.id, a.reference, g.slug as programme, ${OUTCOME},
    json_build_object('id', b.id, 'reference', b.reference, 'version', v.number, 'what', v.what, 'forWhom', v.for_whom,
      'where', v.where_used) as blueprint,
    json_build_object('odsCode', o.ods_code, 'name', o.name) as organisation,
    json_build_object('odsCode', f.ods_code, 'name', f.name) as exemplar, a.mode,
    exists (select from programme_role r where r.programme_id = a.programme_id and r.organisation_id = a.organisation_id
      and r.role = 'fast-follower' and r.follows_id = a.owner_id and r.status <> 'ended') as follows,
    a.local_changes as "localChanges", a.abandoned_on as "abandonedOn", a.abandoned_because as "abandonedBecause",
    a.cost_basis as "costBasis", json_build_object('state', a.figures_state,
      'decidedBy', (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = a.decided_by),
      'decidedAt', a.decided_at, 'note', a.decision_note) as figures, a.figures_by || a.recorded_by as "figuresBy", to_json(a.recorded_at) as "recordedAt", a.illustrative, a.revision
  from adoption a join programme g on g.id = a.programme_id join blueprint b on b.id = a.blueprint_id
    join blueprint_version v on v.id = a.version_id join organisation o on o.id = a.organisation_id
    join organisation f on f.id = a.owner_id`;

export interface AdoptionFilter {
  state: AdoptionState | null;
  /** Who adopts, by ODS code. */
  organisation: string | null;
  /** Of this blueprint, by id. */
  blueprint?: string | null;
}

/** Adoptions of a programme's blueprints, the newest first, `limit` at most, those before an id. */
export function adoptions(
  sql: Sql,
  programmeId: string,
  filter: AdoptionFilter,
  limit: number,
  before: string | null,
): Promise<AdoptionRow[]> {
  const values: unknown[] = [programmeId, limit];
  const wanted = given(values, {
    'a.state = ?': filter.state,
    'a.organisation_id = (select id from organisation where ods_code = ?)': filter.organisation,
    'a.blueprint_id = ?': filter.blueprint,
    'a.id < ?::uuid': before,
  });
  return sql.query<AdoptionRow>(
    `${VIEW} where a.programme_id = $1${wanted} order by a.id desc limit $2`,
    values,
  );
}

/** One adoption. */
export function adoption(sql: Sql, id: string): Promise<AdoptionRow | undefined> {
  return firstRow<AdoptionRow>(sql, `${VIEW} where a.id = $1`, [id]);
}

/** What the outcome of each adoption of a programme follows from: as many as followers took up, which are few. */
export function adoptionOutcomes(sql: Sql, programmeId: string): Promise<OutcomeFacts[]> {
  return sql.query<OutcomeFacts>(
    `select ${OUTCOME} from adoption a join blueprint_version v on v.id = a.version_id
     where a.programme_id = $1 order by a.id`,
    [programmeId],
  );
}

/** Who learned from whom: how many adoptions each body made of each other's blueprints. */
export interface LearnedFrom {
  follower: Body;
  exemplar: Body;
  adoptions: number;
  live: number;
  abandoned: number;
}

/** Every pair of a programme that an adoption joins. */
export function learnedFrom(sql: Sql, programmeId: string): Promise<LearnedFrom[]> {
  return sql.query<LearnedFrom>(
    `select json_build_object('odsCode', o.ods_code, 'name', o.name) as follower,
       json_build_object('odsCode', f.ods_code, 'name', f.name) as exemplar, x.adoptions, x.live, x.abandoned
     from (select a.organisation_id, a.owner_id, count(*)::int as adoptions,
         count(*) filter (where a.state = 'live')::int as live,
         count(*) filter (where a.state = 'abandoned')::int as abandoned
       from adoption a where a.programme_id = $1 group by a.organisation_id, a.owner_id) x
       join organisation o on o.id = x.organisation_id join organisation f on f.id = x.owner_id
     order by f.name, o.name, f.id, o.id`,
    [programmeId],
  );
}

/** How many adoptions a programme's blueprints have, and how many of these are live. */
export async function adoptionCounts(
  sql: Sql,
  programmeId: string,
): Promise<{ adoptions: number; live: number }> {
  const counts = await firstRow<{ adoptions: number; live: number }>(
    sql,
    `select count(*)::int as adoptions, count(*) filter (where state = 'live')::int as live
     from adoption where programme_id = $1`,
    [programmeId],
  );
  return counts ?? { adoptions: 0, live: 0 };
}
