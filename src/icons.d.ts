/** An icon by itself: the package types its index alone, by which every icon would be in the first load. */
declare module 'lucide/dist/esm/icons/*.mjs' {
	const shapes: import('$lib/ui/look/iconPath').IconShapes;
	export default shapes;
}
