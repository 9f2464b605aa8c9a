import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { Public } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { GiftProgressReader } from './gift-progress.reader.js';

const donationStatusResponse = z.object({
  id: z.string(),
  status: z.enum(['pending', 'paid', 'failed', 'canceled', 'expired']),
  receipt: z
    .object({ number: z.string(), downloadUrl: z.string() })
    .nullable()
    .describe('null while there is none'),
});

/** The thank-you page for programs: the statusUrl of a donation. */
@ApiTags('Donations')
@Controller('v1/donation-status')
export class DonationStatusController {
  constructor(
    private readonly progress: GiftProgressReader,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get(':token')
  @Public()
  @Header('cache-control', 'no-store')
  @Answers(200, donationStatusResponse)
  async show(@Param('token') token: string): Promise<z.input<typeof donationStatusResponse>> {
    const { donation, receipt } = await this.progress.read(token);
    const downloadUrl = `${this.config.http.publicUrl}/don/${token}/recu.pdf`;
    return {
      id: publicId('donation', donation.id),
      status: donation.state,
      receipt: receipt?.state === 'ready' ? { number: receipt.number, downloadUrl } : null,
    };
  }
}
