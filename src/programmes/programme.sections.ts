import {
  Organisation,
  OrganisationName,
  OrganisationSuccession,
} from '../organisations/organisation.entity.js';
import type { ProgrammeDefinition } from './definition.types.js';
import type { DefinitionIds, DefinitionSection } from './definition-section.js';
import { Programme, ProgrammeRole, type Terms } from './programme.entity.js';
import { usedPairings } from './programme.queries.js';
import { ReportingPeriod } from './reporting-period.entity.js';

const organisations: DefinitionSection<Organisation> = {
  name: 'organisation',
  order: 10,
  entity: Organisation,
  absent: 'keep',
  filter: () => ({}),
  keyOf: (row) => row.ods_code,
  wanted: (definition, ids) =>
    definition.organisations.map(({ odsCode, name, region, provenance }) => ({
      key: odsCode,
      columns: { ods_code: odsCode, name, region, provenance: ids.sourced(provenance) },
    })),
};

const names: DefinitionSection<OrganisationName> = {
  name: 'organisation-name',
  order: 11,
  entity: OrganisationName,
  absent: 'keep',
  filter: () => ({}),
  keyOf: (row, ids) =>
    `${ids.key('organisation', row.organisation_id)} from ${row.valid_from ?? 'the start'}`,
  wanted: (definition, ids) =>
    definition.organisations.flatMap(({ odsCode, names: dated }) =>
      dated.map(({ name, from, to, provenance }) => ({
        key: `${odsCode} from ${from ?? 'the start'}`,
        columns: {
          organisation_id: ids.id('organisation', odsCode),
          name,
          valid_from: from,
          valid_to: to,
          provenance: ids.sourced(provenance),
        },
      })),
    ),
};

const successions: DefinitionSection<OrganisationSuccession> = {
  name: 'succession',
  order: 12,
  entity: OrganisationSuccession,
  absent: 'keep',
  filter: () => ({}),
  keyOf: (row, ids) =>
    `${row.kind} ${ids.key('organisation', row.predecessor_id)} ${ids.key('organisation', row.successor_id)} ${row.effective_on}`,
  wanted: (definition, ids) =>
    definition.successions.map(({ kind, predecessorOds, successorOds, effectiveOn, scope, provenance }) => ({
      key: `${kind} ${predecessorOds} ${successorOds} ${effectiveOn}`,
      columns: {
        kind,
        predecessor_id: ids.id('organisation', predecessorOds),
        successor_id: ids.id('organisation', successorOds),
        effective_on: effectiveOn,
        scope,
        provenance: ids.sourced(provenance),
      },
    })),
};

function termsOf({ programme, controlTotals }: ProgrammeDefinition, ids: DefinitionIds): Terms {
  const sourced = <T extends { provenance: Parameters<DefinitionIds['sourced']>[0] }>({
    provenance,
    ...rest
  }: T) => ({
    ...rest,
    sourced: ids.sourced(provenance),
  });
  return {
    sourced: ids.sourced(programme.provenance),
    matchRatio: { sourced: ids.sourced(programme.matchRatio.provenance) },
    matchRules: sourced(programme.matchRules),
    eligibility: sourced(programme.eligibility),
    payments: programme.payments && sourced(programme.payments),
    assurance: programme.assurance && sourced(programme.assurance),
    turnaround: programme.turnaround && sourced(programme.turnaround),
    agreementConditions: programme.agreementConditions && sourced(programme.agreementConditions),
    followers: programme.followers && sourced(programme.followers),
    confidenceScale: sourced(programme.confidenceScale),
    controlTotals: { sourced: ids.sourced(controlTotals.provenance) },
    calendar: sourced(programme.calendar),
    delayReasons: programme.delayReasons,
    narrativeSections: programme.narrativeSections,
    awardeeTerm: programme.awardeeTerm,
  };
}

const programmes: DefinitionSection<Programme> = {
  name: 'programme',
  order: 20,
  entity: Programme,
  absent: 'keep',
  filter: () => ({}),
  keyOf: (row) => row.slug,
  wanted: (definition, ids) => {
    const { programme, controlTotals } = definition;
    return [
      {
        key: programme.slug,
        columns: {
          slug: programme.slug,
          name: programme.name,
          description: programme.description,
          funder_id: ids.id('organisation', programme.funderOds),
          starts_on: programme.startsOn,
          ends_on: programme.endsOn,
          illustrative: programme.illustrative,
          match_pence: programme.matchRatio.matchPence,
          per_grant_pence: programme.matchRatio.perGrantPence,
          control_grant_pence: controlTotals.grantPence,
          control_match_pence: controlTotals.matchPence,
          control_total_pence: controlTotals.totalPence,
          terms: termsOf(definition, ids),
        },
      },
    ];
  },
};

const roles: DefinitionSection<ProgrammeRole> = {
  name: 'role',
  order: 21,
  entity: ProgrammeRole,
  absent: 'remove',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row, ids) =>
    [
      ids.key('organisation', row.organisation_id),
      row.role,
      row.follows_id ? ids.key('organisation', row.follows_id) : '',
      row.valid_from ?? '',
    ].join(' '),
  // A pairing that the funder decided on stands as decided.
  keeps: (row) => (row.decided_at === null ? [] : ['status']),
  forbids: async (sql, ids) => {
    const used = await usedPairings(sql, ids.programmeId);
    const decided = new Set(used.map((id) => ids.key('role', id)));
    return ({ change, key }) =>
      change === 'remove' && decided.has(key)
        ? [
            {
              code: 'pairing-decided',
              message: `The pairing ${key} is no longer in the file, but it was decided on or awarded. Put it back.`,
              pointer: `/role/${key}`,
            },
          ]
        : [];
  },
  wanted: (definition, ids) =>
    definition.organisations.flatMap(({ odsCode, roles: held }) =>
      held.map(({ role, status, from, to, followsOds, provenance }) => ({
        key: [odsCode, role, followsOds ?? '', from ?? ''].join(' '),
        columns: {
          programme_id: ids.programmeId,
          organisation_id: ids.id('organisation', odsCode),
          role,
          status,
          follows_id: followsOds === null ? null : ids.id('organisation', followsOds),
          valid_from: from,
          valid_to: to,
          provenance: ids.sourced(provenance),
        },
      })),
    ),
};

const periods: DefinitionSection<ReportingPeriod> = {
  name: 'period',
  order: 22,
  entity: ReportingPeriod,
  absent: 'refuse',
  filter: (ids) => ({ programme_id: ids.programmeId }),
  keyOf: (row) => row.label,
  wanted: (definition, ids) =>
    definition.periods.map(({ label, financialYear, startsOn, endsOn, opensOn, dueOn }) => ({
      key: label,
      columns: {
        programme_id: ids.programmeId,
        label,
        financial_year: financialYear,
        starts_on: startsOn,
        ends_on: endsOn,
        opens_on: opensOn,
        due_on: dueOn,
      },
    })),
};

/** Organisations and the programme itself. */
export const PROGRAMME_SECTIONS: DefinitionSection[] = [
  organisations,
  names,
  successions,
  programmes,
  roles,
  periods,
];
