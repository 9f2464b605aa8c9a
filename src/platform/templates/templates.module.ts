import { Global, Module } from '@nestjs/common';
import { TemplateEngine } from './template-engine.js';

@Global()
@Module({
  providers: [{ provide: TemplateEngine, useFactory: () => new TemplateEngine() }],
  exports: [TemplateEngine],
})
export class TemplatesModule {}
