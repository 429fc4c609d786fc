import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { UnreadInputGuard } from './unread-input.guard.js';

/** Asks the guard about a handler that takes this much, and a request that sends this. */
function admits(taken: string[], sent: { method?: string; query?: object; body?: unknown }): boolean {
  class Controller {
    handler(): void {}
  }
  const declared = Object.fromEntries(taken.map((key) => [key, {}]));
  Reflect.defineMetadata('__routeArguments__', declared, Controller, 'handler');
  return new UnreadInputGuard().canActivate({
    getClass: () => Controller,
    getHandler: () => Controller.prototype.handler,
    switchToHttp: () => ({ getRequest: () => ({ method: 'GET', query: {}, ...sent }) }),
  } as unknown as ExecutionContext);
}

describe('what no handler would read', () => {
  test.each<[what: string, taken: string[], sent: object]>([
    ['nothing', [], {}],
    ['a parameter, by a handler that takes parameters', ['4:1'], { query: { page: '2' } }],
    ['a field, by a handler that takes a body', ['3:0'], { method: 'POST', body: { name: 'It' } }],
    ['a moment, by any that reads', [], { query: { asAt: '2018-05-15T00:00:00Z' } }],
  ])('is not %s', (_, taken, sent) => {
    expect(admits(taken, sent)).toBe(true);
  });

  test.each<[what: string, taken: string[], sent: object]>([
    ['a parameter', ['5:0'], { query: { colour: 'red' } }],
    ['a field', ['5:0'], { method: 'POST', body: { colour: 'red' } }],
    ['a body that is no object', [], { method: 'POST', body: 'red' }],
    ['a moment to change something in', [], { method: 'POST', query: { asAt: '2018-05-15T00:00:00Z' } }],
    // Nest names the decorators of an application at random, and a name may begin with the number of queries.
    ['a parameter beside our own decorator', ['4c1__customRouteArgs__:0'], { query: { colour: 'red' } }],
    ['a field beside our own decorator', ['3c1__customRouteArgs__:0'], { method: 'POST', body: { a: 1 } }],
  ])('is %s', (_, taken, sent) => {
    expect(() => admits(taken, sent)).toThrow('nothing was stored');
  });
});
