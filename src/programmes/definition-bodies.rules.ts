import { addDays } from '../core/calendar.js';
import type { OrganisationRole } from './definition.types.js';
import { type DefinitionFault, duplicates } from './definition-fault.js';
import type { DefinitionFile, SuccessionEntry } from './definition-file.types.js';

/** Rules of organisations: their codes, names, roles and successions, and whoever names one. */
export function bodyFaults(file: DefinitionFile): DefinitionFault[] {
  return [
    ...duplicates(
      'organisation',
      file.organisations,
      (organisation) => organisation.ods,
      (index) => `/organisations/${index}/ods`,
    ),
    ...unknownOrganisations(file),
    ...wrongRoles(file),
    ...nameFaults(file),
    ...selfSuccessions(file.successions ?? []),
    ...successionCycles(file.successions ?? []),
  ];
}

/** Every place that names an organisation by its code. */
function mentions(file: DefinitionFile): { ods: string; pointer: string; as?: OrganisationRole }[] {
  return [
    { ods: file.programme.funder, pointer: '/programme/funder', as: 'funder' },
    ...(file.successions ?? []).flatMap((succession, index) => [
      { ods: succession.predecessor, pointer: `/successions/${index}/predecessor` },
      { ods: succession.successor, pointer: `/successions/${index}/successor` },
    ]),
    ...file.awards.map(({ trust }, index) => mention(trust, `/awards/${index}/trust`)),
    ...file.projects.map(({ trust }, index) => mention(trust, `/projects/${index}/trust`)),
    ...file.organisations.flatMap(({ roles }, index) =>
      roles.flatMap(({ follows }, place) =>
        follows === undefined ? [] : [mention(follows, `/organisations/${index}/roles/${place}/follows`)],
      ),
    ),
  ];
}

function mention(ods: string, pointer: string) {
  return { ods, pointer, as: 'awardee' as const };
}

function unknownOrganisations(file: DefinitionFile): DefinitionFault[] {
  const roles = new Map<string, OrganisationRole[]>();
  for (const { ods, roles: held } of file.organisations) {
    roles.set(
      ods,
      held.map(({ role }) => role),
    );
  }
  return mentions(file).flatMap(({ ods, pointer, as }) => {
    const held = roles.get(ods);
    if (!held) {
      return [
        {
          code: 'unknown-organisation',
          message: `No organisation here has the code ${ods}. Add it to organisations, or correct the code.`,
          pointer,
        },
      ];
    }
    if (as === undefined || held.includes(as)) return [];
    return [
      {
        code: 'role-missing',
        message: `${ods} does not have the role ${as}. Add the role to the organisation, or correct the code.`,
        pointer,
      },
    ];
  });
}

function wrongRoles(file: DefinitionFile): DefinitionFault[] {
  return file.organisations.flatMap(({ ods, roles }, index) =>
    roles.flatMap((role, place) => {
      const pointer = `/organisations/${index}/roles/${place}`;
      const faults: DefinitionFault[] = [];
      if (role.follows === ods) {
        const message = `${ods} cannot follow itself. Name the awardee that it follows.`;
        faults.push({ code: 'follows-itself', message, pointer: `${pointer}/follows` });
      }
      if ((role.role === 'fast-follower') !== (role.follows !== undefined)) {
        const message = 'A fast follower names the awardee that it follows, and no other role does.';
        faults.push({ code: 'follows-whom', message, pointer });
      }
      if (role.from !== undefined && role.to !== undefined && role.to < role.from) {
        const message = `The role ends on ${role.to}, before it starts on ${role.from}. Correct one of them.`;
        faults.push({ code: 'dates-reversed', message, pointer: `${pointer}/to` });
      }
      return faults;
    }),
  );
}

/** Former names are in order of time and leave no two names for one day. */
function nameFaults(file: DefinitionFile): DefinitionFault[] {
  return file.organisations.flatMap(({ formerly = [] }, index) =>
    formerly.flatMap((former, place) => {
      const before = formerly[place - 1];
      const from = former.from ?? (before ? addDays(before.to, 1) : undefined);
      if ((from === undefined || from <= former.to) && (!before || (from as string) > before.to)) return [];
      return [
        {
          code: 'names-overlap',
          message: `The name ${former.name} does not come after the one before it. Put the oldest name first, each ending before the next begins.`,
          pointer: `/organisations/${index}/formerly/${place}/to`,
        },
      ];
    }),
  );
}

function selfSuccessions(successions: readonly SuccessionEntry[]): DefinitionFault[] {
  return successions.flatMap(({ kind, predecessor, successor }, index) =>
    kind === 'renamed' || predecessor !== successor
      ? []
      : [
          {
            code: 'succession-of-itself',
            message: `${successor} cannot take over from itself. Correct a code, or make it a renaming.`,
            pointer: `/successions/${index}/successor`,
          },
        ],
  );
}

/** Successions lead from the past to the present, so nobody is their own successor by any way round. */
function successionCycles(successions: readonly SuccessionEntry[]): DefinitionFault[] {
  const next = new Map<string, string[]>();
  return successions.flatMap(({ predecessor, successor }, index) => {
    if (predecessor === successor) return [];
    const back = pathBetween(next, successor, predecessor);
    next.set(predecessor, [...(next.get(predecessor) ?? []), successor]);
    if (!back) return [];
    return [
      {
        code: 'succession-cycle',
        message: `These successions go in a circle: ${[predecessor, ...back].join(' → ')}. Take out the one that is wrong.`,
        pointer: `/successions/${index}`,
      },
    ];
  });
}

function pathBetween(next: Map<string, string[]>, from: string, to: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const ods of cameFrom.keys()) {
    if (ods === to) {
      const path: string[] = [];
      for (let at: string | null = ods; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at);
      return path;
    }
    for (const successor of next.get(ods) ?? []) if (!cameFrom.has(successor)) cameFrom.set(successor, ods);
  }
  return null;
}
