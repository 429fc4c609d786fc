import { Column, PrimaryColumn } from 'typeorm';

/** A UUIDv7 that the database gives, so that ids sort by when they were made. */
export const Id = (): PropertyDecorator => PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' });

/** A reference to a row by its id. */
export const Ref = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'uuid', nullable: options.nullable ?? false });

export const Text = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'text', nullable: options.nullable ?? false });

/** Whole pence, or another whole number beyond 32 bits. */
export const BigInteger = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'bigint', nullable: options.nullable ?? false });

export const Integer = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'integer', nullable: options.nullable ?? false });

export const Flag = (): PropertyDecorator => Column({ type: 'boolean', default: false });

/** A day, YYYY-MM-DD. */
export const DayOn = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'date', nullable: options.nullable ?? false });

export const Instant = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'timestamptz', nullable: options.nullable ?? false });

export const Json = (options: { nullable?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'jsonb', nullable: options.nullable ?? false });

/** Goes up by one with every change; the ETag of the API. */
export const Revision = (): PropertyDecorator => Column({ type: 'integer', default: 1 });
