/** A test waits for what must come: on a busy machine that takes longer, and only what never comes is a fault. */
import { vi } from 'vitest';

const PATIENCE_MS = 20_000;
const { waitFor } = vi;

vi.waitFor = (look, options = PATIENCE_MS) => waitFor(look, options);
