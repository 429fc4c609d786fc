import { Injectable, type PipeTransform } from '@nestjs/common';
import { isId } from '../core/paging.js';
import { notFound } from '../core/problems.js';

/** An id in an address. One that is no id of ours belongs to nothing, so it answers 404. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (!isId(id)) throw notFound('thing with this id');
    return id;
  }
}
