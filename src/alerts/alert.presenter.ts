import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import { actionsOf, publicSubject, type AlertAction } from './alert-kinds.js';
import type { Alert } from './alert.entity.js';
import type { alertResponse } from './alerts.dto.js';

export function presentAlert(alert: Alert): z.input<typeof alertResponse> {
  const { kind, details, resolvedAt } = alert;
  const id = publicId('alert', alert.id);
  const subject = { type: alert.subjectType, id: alert.subjectId };
  const resolve: AlertAction = { rel: 'resolve', method: 'POST', href: `/v1/alerts/${id}/resolve` };
  return {
    object: 'alert',
    id,
    kind,
    status: resolvedAt ? 'resolved' : 'open',
    subject: { type: subject.type, id: publicSubject(subject) },
    details,
    raisedAt: alert.raisedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    resolvedBy: alert.resolvedBy,
    resolution: alert.resolution,
    actions: resolvedAt ? [] : [...actionsOf(kind, subject, details), resolve],
  };
}
