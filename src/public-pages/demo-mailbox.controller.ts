import { Controller, Get, Param, ParseIntPipe, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { innerId, publicId } from '../kernel/ids.js';
import { DemoMailboxQueries, type MailDelivery } from '../mailing/index.js';
import { Public } from '../platform/http/access.js';
import { sendFile } from '../platform/http/send-file.js';
import { PageRequests } from './page-request.js';
import { MAIL_BODY_HEADERS, secretPageHeaders } from './page-headers.js';
import { PublicPageRenderer } from './render-pages.js';
import type { MailboxEntryView } from './site-pages.view.js';

const MAILBOX = '/boite-aux-lettres';

/** The mails that this demonstration would have sent. Not there once a mail server is configured. */
@ApiExcludeController()
@Public()
@Controller('boite-aux-lettres')
export class DemoMailboxController {
  constructor(
    private readonly mailbox: DemoMailboxQueries,
    private readonly requests: PageRequests,
    private readonly renderer: PublicPageRenderer,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mails = (await this.mailbox.latest()).map(entry);
    const html = this.renderer.mailbox({ mails }, this.requests.context(request));
    await reply.headers(secretPageHeaders(this.requests)).send(html);
  }

  @Get(':id')
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const mail = await this.mailbox.get(innerId('mail', id));
    const attachments = await Promise.all(
      mail.attachments.map((_, index) => this.mailbox.attachment(mail.id, index)),
    );
    const view = {
      ...entry(mail),
      replyTo: mail.replyTo,
      htmlUrl: `${MAILBOX}/${id}/html`,
      text: mail.bodyText,
      attachments: attachments.map(({ filename, bytes }, index) => ({
        name: filename,
        url: `${MAILBOX}/${id}/pieces/${index}`,
        bytes: bytes.length,
      })),
    };
    const html = this.renderer.mail({ mailboxUrl: MAILBOX, mail: view }, this.requests.context(request));
    await reply.headers(secretPageHeaders(this.requests)).send(html);
  }

  @Get(':id/html')
  async html(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const mail = await this.mailbox.get(innerId('mail', id));
    await reply.headers({ ...MAIL_BODY_HEADERS }).send(mail.html);
  }

  @Get(':id/pieces/:index')
  async attachment(
    @Param('id') id: string,
    @Param('index', ParseIntPipe) index: number,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, await this.mailbox.attachment(innerId('mail', id), index));
  }
}

function entry(mail: MailDelivery): MailboxEntryView {
  return {
    url: `${MAILBOX}/${publicId('mail', mail.id)}`,
    to: mail.recipient,
    from: mail.senderName,
    subject: mail.subject,
    sentAt: mail.sentAt!,
    attachmentCount: mail.attachments.length,
  };
}
