/** Tests of what is shown read English, unless they say otherwise. */
import { speak, speakLater } from '../src/lib/ui/text';

await speak('en');
await speakLater();
