/**
 * What requests of the REST API may hold (DESIGN section 12), checked at the edge; what answers hold is in restAnswers.ts.
 * The browser imports the types alone; the schemas run on the server, which describes itself by them.
 */
export * from './requests/accountRequests';
export * from './requests/administrationRequests';
export * from './requests/conversationRequests';
export * from './requests/messageRequests';
export * from './requests/personRequests';
export * from './requests/programRequests';
export * from './requests/reportRequests';

export type * from './restAnswers';
