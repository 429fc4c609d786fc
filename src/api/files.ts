import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { SendsFile } from '../http/sent-file.js';
import { EVIDENCE_TYPES, MAX_DESCRIPTION } from '../storage/evidence.rules.js';

/** Fields of a multipart body, by name, as the reference describes them. */
type Fields = Record<string, Record<string, unknown>>;

/** The field that says what a file is. */
export const described = (example: string, is = 'What the file shows'): Fields => ({
  description: {
    type: 'string',
    maxLength: MAX_DESCRIPTION,
    description: `${is}; sent before the file.`,
    example,
  },
});

const EVIDENCE = `One of: ${Object.keys(EVIDENCE_TYPES).join(', ')}. No patient data.`;

/**
 * The body is a file, after the fields that say what it is.
 * @param is what the file has to be
 */
export const TakesFile = (fields: Fields, is = EVIDENCE): MethodDecorator =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: [...Object.keys(fields), 'file'],
        properties: { ...fields, file: { type: 'string', format: 'binary', description: is } },
      },
    }),
  );

/** The answer is a file as it was uploaded. */
export const GivesFile = (): MethodDecorator =>
  applyDecorators(
    SendsFile(),
    ApiProduces('application/octet-stream', 'application/pdf', 'image/png', 'image/jpeg'),
    ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The bytes.' }),
  );
