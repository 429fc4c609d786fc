import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ACCESS, type Access, SERVES_PAGES } from '../../src/http/access.js';
import type { Method, TestApp } from './app.js';

/** One route as the server has it, and what its handler asks of the caller. */
export interface Route {
  method: Method;
  /** With its parameters: `/v1/progress-reports/:id`. */
  path: string;
  /** Undefined where its handler declares none, or where it is no handler of the application. */
  access: Access | undefined;
}

/** Every route that the server answers programs, by path; HEAD goes with GET. */
export function routesOf(test: Pick<TestApp, 'app'>): Route[] {
  return served(test).filter(({ page }) => !page);
}

/** Every route that the server answers with a page, or takes from one. */
export function pageRoutesOf(test: Pick<TestApp, 'app'>): Route[] {
  return served(test).filter(({ page }) => page);
}

/** Files that pages are shown with, and the identity provider of a demonstration, are no handlers of the application. */
const NO_HANDLER = /\*/;

function served({ app }: Pick<TestApp, 'app'>): Array<Route & { page: boolean }> {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const declared = declarations(app.get(ModulesContainer, { strict: false }));
  return printed(server.printRoutes({ commonPrefix: false }))
    .filter(({ path }) => !NO_HANDLER.test(path))
    .map(({ method, path }) => ({
      ...{ method, path, access: undefined, page: false },
      ...declared.get(`${method} ${path}`),
    }))
    .sort((a, b) => compare(`${a.path} ${a.method}`, `${b.path} ${b.method}`));
}

/** Parameters that are no ids: a stage, and the wave of the survey that is open on the days of the tests. */
const NAMED: Readonly<Record<string, string>> = { stage: 'claim-check', wave: 'adoption-2018' };

/** A route's path with the name of what is always there in place of each parameter that is no id. */
export const withNamed = (path: string): string =>
  path.replace(/:(\w+)/g, (parameter, name: string) => NAMED[name] ?? parameter);

/** A route's path with something in place of each parameter. */
export function filled(path: string, values: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? NAMED[name] ?? NOBODYS);
}

/** An id that nothing has. */
export const NOBODYS = '00000000-0000-7000-8000-000000000000';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The routes in Fastify's drawing of its tree: four characters a level, the methods in brackets. */
function printed(tree: string): Array<Pick<Route, 'method' | 'path'>> {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!match) return [];
    const [, indent = '', part = '', methods = ''] = match;
    const level = indent.length / 4;
    above.length = level;
    above[level] = part;
    const path = above.join('');
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => ({ method: method.toLowerCase() as Method, path }));
  });
}

const METHODS: readonly Method[] = ['get', 'post', 'put', 'delete', 'patch'];

/** What each handler of each controller declares, by method and path. */
function declarations(modules: ModulesContainer): Map<string, { access: Access | undefined; page: boolean }> {
  const found = new Map<string, { access: Access | undefined; page: boolean }>();
  for (const module of modules.values())
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = controller.prototype[name];
        const declared = typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
        if (declared === undefined) continue;
        const page = Reflect.getMetadata(SERVES_PAGES, controller) === true;
        const method = METHODS[Reflect.getMetadata('method', handler)];
        const access = Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller);
        for (const path of [declared].flat()) {
          const whole = [Reflect.getMetadata('path', controller), path]
            .filter((part) => part !== '/' && part !== '')
            .join('/');
          found.set(`${method} /${whole}`, { access, page });
        }
      }
    }
  return found;
}
