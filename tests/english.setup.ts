/** Tests of what is shown read English, unless they say otherwise. */
import { speak } from '../src/lib/ui/text';

await speak('en');
