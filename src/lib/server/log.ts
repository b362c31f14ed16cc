import { pino, type Logger } from 'pino';

/** The server's log: JSON lines. Nothing that people write, and no secret, may be handed to it. */
export const createLog = (level: string): Logger => pino({ level });
