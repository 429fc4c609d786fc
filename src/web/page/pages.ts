import {
  applyDecorators,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ServesPages } from '../../http/access.js';
import { Form, type Typed } from './form.js';
import { PageFilter } from './page.filter.js';
import { PageInterceptor } from './page.interceptor.js';

/** A controller whose handlers answer pages, to people who signed in. */
export const Pages = (path = ''): ClassDecorator =>
  applyDecorators(
    Controller(path),
    ApiExcludeController(),
    ServesPages(),
    UseInterceptors(PageInterceptor),
    UseFilters(PageFilter),
  ) as ClassDecorator;

/** The form that was sent, to be read field by field. */
export const Sent = createParamDecorator((_: unknown, context: ExecutionContext): Form => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return new Form((body ?? {}) as Typed);
});
