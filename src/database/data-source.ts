import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { appPoolSettings } from './connection.js';

/**
 * The data source that units of work write through. Its schema is made by migrations alone.
 * @param entities the classes of all features
 */
export function dataSourceOptions(url: string, poolSize: number, entities: unknown[]): DataSourceOptions {
  const { connectionString, max, ...extra } = appPoolSettings(url, poolSize);
  return {
    type: 'postgres',
    driver: pg,
    url: connectionString as string,
    poolSize: max as number,
    // What a unit of work asks for at once is sent at once.
    extra: { ...extra, pipeline: true },
    entities: entities as NonNullable<DataSourceOptions['entities']>,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    parseInt8: false,
    logging: false,
  } as DataSourceOptions;
}
