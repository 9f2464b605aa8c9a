import type { FastifyReply } from 'fastify';
import type { StoredFile } from '../storage/stored-files.js';

/** A stored file as an answer. It never changes, so its hash is its ETag; it is the caller's alone. */
export async function sendFile(
  reply: FastifyReply,
  file: StoredFile & { filename: string },
  disposition: 'inline' | 'attachment' = 'inline',
): Promise<void> {
  const etag = `"${file.sha256}"`;
  const isKnown = reply.request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag);
  if (isKnown) return void (await reply.status(304).header('etag', etag).send());
  const asciiName = file.filename.replace(/[^\w.-]/g, '_');
  await reply
    .type(file.mediaType)
    .header(
      'content-disposition',
      `${disposition}; filename="${asciiName}"; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    )
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .send(file.bytes);
}
