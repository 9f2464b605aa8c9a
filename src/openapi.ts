import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { version } from './platform/config/version.js';
import { problemSchema } from './platform/http/answers.js';
import { openApiSchema } from './platform/http/zod-body.js';

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Obole')
    .setVersion(version)
    .setDescription(
      'Gifts, forms and tax receipts of French associations. Amounts are integer cents. ' +
        'Errors are RFC 9457 problem documents with a stable `code`. Lists are newest first, by cursor.',
    )
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key of the association' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return withProblems(document);
}

/** Every operation may answer with a problem document; said once here rather than on each handler. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const schema = openApiSchema(problemSchema, 'output') as never;
  const problem = {
    description: 'What was wrong, where, and a stable code',
    content: { 'application/problem+json': { schema } },
  };
  document.components = { ...document.components, responses: { Problem: problem } };
  const asSaidOnce = { $ref: '#/components/responses/Problem' };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation) operation.responses = { ...operation.responses, default: asSaidOnce };
    }
  }
  return document;
}

/** `/openapi.json`, and a browser for it at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    // The default, docs-yaml, could be an association's slug.
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Obole API',
  });
}
