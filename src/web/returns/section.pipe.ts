import { Injectable, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../core/problems.js';
import { RETURN_SECTIONS, type ReturnSection } from '../../progress-reports/return-content.js';

/** A section's name in an address. */
@Injectable()
export class SectionPipe implements PipeTransform<string, ReturnSection> {
  /** @throws Problem 404 where returns have no such section */
  transform(value: string): ReturnSection {
    const section = RETURN_SECTIONS.find((each) => each === value);
    if (!section) throw notFound('section of a return');
    return section;
  }
}
