import { Module } from '@nestjs/common';
import { OpenDataReader } from './open-data.reader.js';

@Module({ providers: [OpenDataReader], exports: [OpenDataReader] })
export class OpenDataModule {}
