import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import 'reflect-metadata';

/** Declared by the module that emits it; those above listen. Calls go down, events go up. */
export interface EventDefinition<P> {
  readonly name: string;
  readonly payload?: P;
}

/**
 * Reacts inside the emitter's transaction, so for state only: a gift becomes paid together with its
 * payment. What may follow later (mail, PDF) is staged in the outbox by the listener.
 */
export interface EventListener<P> {
  on(payload: P): Promise<void>;
}

const LISTENS = Symbol('obole:listens-to');

export function defineEvent<P>(name: string): EventDefinition<P> {
  return { name };
}

export function ListensTo<P>(event: EventDefinition<P>) {
  return (target: Type<EventListener<P>>): void => Reflect.defineMetadata(LISTENS, event.name, target);
}

@Injectable()
export class DomainEvents implements OnModuleInit {
  private readonly listeners = new Map<string, Array<EventListener<unknown>>>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const name =
        metatype && instance ? (Reflect.getMetadata(LISTENS, metatype) as string | undefined) : undefined;
      if (name !== undefined)
        this.listeners.set(name, [...(this.listeners.get(name) ?? []), instance as EventListener<unknown>]);
    }
  }

  /** Runs every listener in the running transaction, one after the other; a throw undoes the emitter's change too. */
  async publish<P>(event: EventDefinition<P>, payload: P): Promise<void> {
    for (const listener of this.listeners.get(event.name) ?? []) await listener.on(payload);
  }
}
