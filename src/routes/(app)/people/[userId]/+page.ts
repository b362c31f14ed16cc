export { withLater as load } from '$lib/ui/text/withLater';
