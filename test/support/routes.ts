import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { RequestMethod, type Type } from '@nestjs/common';
import { ACCESS, type Access } from '../../src/platform/http/access.js';
import type { TestApp } from './app.js';

export interface Route {
  method: string;
  /** "/v1/forms/:id" */
  path: string;
  access: Access | undefined;
  /** "FormsController.one" */
  handler: string;
}

/** Every handler that Nest serves, with the access it declares, from the running application itself. */
export function routesOf({ app }: Pick<TestApp, 'app'>): Route[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type;
    const prefix = reflector.get<string>('path', controller);
    return scanner.getAllMethodNames(controller.prototype as object).flatMap((name) => {
      const handler = (controller.prototype as Record<string, () => unknown>)[name]!;
      const path = reflector.get<string | undefined>('path', handler);
      if (path === undefined) return [];
      return {
        method: RequestMethod[reflector.get<RequestMethod>('method', handler)],
        path: `/${[prefix, path]
          .map((part) => part.replace(/^\/|\/$/g, ''))
          .filter(Boolean)
          .join('/')}`,
        access: reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]),
        handler: `${controller.name}.${name}`,
      };
    });
  });
}

/** The addresses that Fastify's router knows, whoever put them there: "/docs/*", "/v1/forms/:id". */
export function routerPaths({ app }: Pick<TestApp, 'app'>): string[] {
  const fastify = app.getHttpAdapter().getInstance() as unknown as {
    printRoutes(options: { commonPrefix: boolean }): string;
  };
  const parents: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, indent, text] = /^([│ ]*[├└]── )(.*?)(?: \([A-Z, ]+\))?$/.exec(line)!;
      const depth = indent!.length / 4;
      const path = (parents[depth - 1] ?? '') + text!;
      parents.length = depth;
      parents[depth] = path;
      return path;
    });
}
