import supertest from 'supertest';
import type { TestApp } from './app.js';
import { multipart, pdf, type SentFile } from './evidence.js';
import { fieldsOf, type OpenPage, opened, type Visitor } from './pages.js';

/** The fields of the form on a page that takes a file, as a browser has them. */
export async function uploadFields(visitor: Visitor, page: string): Promise<Record<string, string>> {
  const { document, status } = await visitor.get(page);
  const form = document.querySelector('main form[data-upload]');
  if (!form) throw new Error(`${page} (${status}) takes no file`);
  return fieldsOf(form) as Record<string, string>;
}

/** Sends a file with fields before it, as a browser does; other headers where they are given. */
export async function sendUpload(
  app: TestApp,
  { cookie }: Pick<Visitor, 'cookie'>,
  path: string,
  fields: Record<string, string>,
  file: SentFile = pdf({ name: 'invoice.pdf' }),
  headers: Record<string, string> = {},
): Promise<OpenPage> {
  return opened(
    await supertest(app.app.getHttpServer())
      .post(path)
      .set({
        Cookie: cookie,
        Accept: 'text/html',
        'Content-Type': 'multipart/form-data; boundary=xyzzy',
        ...headers,
      })
      .send(multipart(file, fields)),
  );
}

/** Opens a page, fills in the form that takes a file, and sends it. */
export async function upload(
  app: TestApp,
  visitor: Visitor,
  page: string,
  fields: Record<string, string>,
  file?: SentFile,
): Promise<OpenPage> {
  const standing = await uploadFields(visitor, page);
  return sendUpload(app, visitor, page.split('?')[0] as string, { ...standing, ...fields }, file);
}
