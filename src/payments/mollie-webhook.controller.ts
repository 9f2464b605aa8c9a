import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../platform/http/access.js';
import { ReceiveWebhook } from './receive-webhook.js';

/**
 * Mollie posts `id=tr_…`, unsigned, and wants a 200 within 15 seconds (docs.mollie.com, webhooks).
 * Unknown tokens get the same 200: nothing can be learned here.
 */
@ApiExcludeController()
@Public()
@Controller('webhooks/mollie')
export class MollieWebhookController {
  constructor(private readonly receive: ReceiveWebhook) {}

  @Post(':token')
  @HttpCode(200)
  async post(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    await this.receive.run(token, (body as { id?: unknown } | undefined)?.id);
    return '';
  }
}
