// Everything on the screen comes from this device, so there is nothing for a server to draw.
export const ssr = false;
