/** An e-mail address without case: what two addresses are compared by. */
export const emailKey = (address: string): string => address.trim().normalize('NFC').toLowerCase();
